"""The council changes its calendar, and every running clock is counted again."""
