chart-closed = mois clos
chart-open = mois en cours
chart-quadrant = Cadran
chart-show_table = Voir en tableau
chart-unknown = inconnu
chart-year_before = un an avant
chart-year_before_tick = même mois, un an avant
