page-help-lead = The manual. Begin with “First steps”.
page-help-list = Pages
