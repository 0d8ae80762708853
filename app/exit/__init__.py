"""The exit strategy: dated steps that both sides own, and where every open case would go."""
