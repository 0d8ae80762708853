"""The exit: steps that both sides own, where every open case goes, who stays, what goes back."""
