"""Meetings of both sides: agendas from data, decisions, actions until done, frozen minutes."""
