page-help-lead = Le manuel. Commencez par « Premiers pas ».
page-help-list = Pages
