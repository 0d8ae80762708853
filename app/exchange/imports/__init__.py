"""The council's case list on its way in: received, read, previewed, confirmed."""
