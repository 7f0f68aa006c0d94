page-method-errors = Codes of errors
page-method-lead = How every figure is made: formula, coverage, edges, a worked example.
page-method-list = Methods
