chart-closed = closed
chart-open = not closed yet
chart-quadrant = Quadrant
chart-show_table = Show as a table
chart-unknown = not known
chart-year_before = a year before
chart-year_before_tick = the same month a year before
