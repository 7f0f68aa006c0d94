button-apply = { $count ->
    [one] Import the row
   *[other] Import { $count } rows
 }
button-apply-nothing = Close the file: it changes nothing
button-compare-again = Compare again
button-discard = Put aside
button-import-run = Import
button-recipe-remove = Remove
button-recipe-take = Take over
field-at_once = Import at once, without comparing
field-currency = Currency
field-currency-help = Only if the file names none.
field-file = File
field-kind = What it holds
field-kind-auto = Recognised from the headings
field-map = Meanings of columns
field-map-help = One a line: Heading = field. Answers too: product:GTXPro = GTX Pro
field-origin = Origin
field-origin-help = The system it comes from, such as crm or erp: its ids belong together.
field-recipe = Recipe as a text
field-recipe-help = As it is downloaded here; it replaces the one for the same headings.
page-compare-after = After
page-compare-before = Today
page-compare-changed = What is known has changed since this was shown. It was compared again; nothing was written.
page-compare-changes = What changes
page-compare-columns = Columns
page-compare-conflicts-why = set by hand here; the hand wins
page-compare-corrections = Download the rows that stay out
page-compare-custom = (kept under its own name)
page-compare-effect = What becomes of the figures
page-compare-field = Field
page-compare-fields = { $fields ->
    [one] One field
   *[other] { $fields } fields
 }, { $rows ->
    [one] one row
   *[other] { $rows } rows
 }
page-compare-files = Files that came together
page-compare-filled = Filled
page-compare-here = Here
page-compare-in-file = In the file
page-compare-in-program = In Orchestre
page-compare-lead = { $rows ->
    [one] One row read
   *[other] { $rows } rows read
 }, { $ready } ready. Nothing is written yet.
page-compare-lead-asked = { $rows ->
    [one] One row read
   *[other] { $rows } rows read
 }, { $ready } ready. { $questions ->
    [one] One question waits
   *[other] { $questions } questions wait
 } for an answer; nothing is written yet.
page-compare-leave-out = leave out
page-compare-new = What is new
page-compare-new-show = Show
page-compare-of = { $shown } of { $count }
page-compare-q-alike = Is “{ $value }” the same as “{ $candidate }”?
page-compare-q-alike-no = No, it is something else
page-compare-q-alike-no-why = Its rows wait until it comes with a file.
page-compare-q-alike-yes = Yes, it is { $candidate }
page-compare-q-alike-yes-why = The spelling is kept: it is not asked again.
page-compare-q-column = Column “{ $column }”.
page-compare-q-currency = In which currency are the amounts?
page-compare-q-currency-label = Currency, three letters
page-compare-q-date = How is { $value } to be read?
page-compare-q-date-dmy = Day first: { $day }
page-compare-q-date-mdy = Month first: { $day }
page-compare-q-number = How is { $value } to be read?
page-compare-q-number-comma = Comma for decimals: { $number }
page-compare-q-number-point = Point for decimals: { $number }
page-compare-q-rows = { $count ->
    [one] One row waits
   *[other] { $count } rows wait
 }
page-compare-q-seen = Another file brought equal rows. Are these the same?
page-compare-q-seen-again = The same ones again
page-compare-q-seen-again-why = They stay as they are.
page-compare-q-seen-more = Further ones
page-compare-q-seen-more-why = They go in beside the others.
page-compare-recipe = read with the recipe “{ $name }”
page-compare-record = Record
page-compare-remarks = Rows to look at
page-compare-samples = Examples
page-compare-shares = What the rows do
page-compare-step = Comparison
page-compare-step-columns = Columns, { $known } of { $count }
page-compare-step-report = Report
page-compare-steps = Steps
page-compare-summary = { $created } new, { $updated } changed.
page-compare-table = { $title }, table
page-compare-then = { $before }, then { $after }
page-compare-turnover = Turnover, { $currency }
page-compare-unread = These parts could not be read: { $files }
page-import-at = Received
page-import-column = Column
page-import-conflicts = Conflicts
page-import-created = New
page-import-drop = CSV, Excel, OpenDocument, JSON, LEI files; also packed as ZIP or gzip. Several at once.
page-import-file = File
page-import-help = Which files go in
page-import-issues = Issues
page-import-issues-more = The first { $shown } of { $count }.
page-import-issues-none = No issue.
page-import-kind = Holds
page-import-lead = { $count } files came in.
page-import-lead-one = { $rows } rows: { $created } new, { $updated } changed, { $unchanged } unchanged, { $skipped } left out.
page-import-line = Line
page-import-new = Import a file
page-import-none = No file has come in yet
page-import-none-why = Begin with the accounts, then products, sales and people.
page-import-recipes = Recipes
page-import-recipes-why = What a file needed to be read is kept for the next one with the same headings.
page-import-result = What the file does
page-import-result-done = The rows are in.
page-import-result-dry = Nothing was written. This is exactly what the import will do.
page-import-rows = Rows
page-import-skipped = Left out
page-import-state = State
page-import-unchanged = Unchanged
page-import-unmapped = Columns that were not recognised
page-import-unmapped-how = Give them a meaning with “Heading = field”, or leave them.
page-import-updated = Changed
page-import-value = Value
page-import-waiting = Waiting for you
page-import-waiting-line = { $created } new, { $updated } changed, { $skipped } left out
page-import-what = What is wrong
page-recipe-download = Download
page-recipe-lead = { $count ->
    [one] One recipe
   *[other] { $count } recipes
 }: what files needed to be read, kept for the next ones.
page-recipe-name = Recipe
page-recipe-none = No recipe yet
page-recipe-none-why = A recipe is kept when a file goes in after you answered a question or gave a column its meaning.
page-recipe-take = Take over a recipe
page-recipe-text = As a text
page-recipe-uses = Files read
page-recipe-version = Version
state-column-account = Account
state-column-amount = Amount
state-column-assessed_on = Assessed on
state-column-author = Author
state-column-bill_to = Billed to
state-column-business_unit = Business unit
state-column-buying_roles = Parts in buying
state-column-channel = Channel
state-column-child = Company below
state-column-city = City
state-column-close_on = Closing day
state-column-cost = Cost
state-column-country = Country
state-column-criterion = Criterion
state-column-crm_id = Key in the CRM
state-column-currency = Currency
state-column-customer_people = Customer’s people
state-column-date = Day
state-column-document = Document
state-column-email = E-mail
state-column-employees = Employees
state-column-end_on = Last day of sale
state-column-erp_id = Key in the ERP
state-column-evidence = Evidence
state-column-family = Family
state-column-field = Field
state-column-first_name = First name
state-column-fiscal_year = Fiscal year
state-column-former_name = Former name
state-column-former_until = Former name until
state-column-from = From
state-column-fte = Working time
state-column-function = Function
state-column-growth_potential = Growth potential
state-column-id = Id
state-column-influence = Influence
state-column-intercompany = Inside our group
state-column-judge = Judge
state-column-kind = Kind
state-column-language = Language
state-column-last_name = Last name
state-column-launched_on = First day of sale
state-column-lei = LEI
state-column-life_cycle = Life cycle
state-column-line = Line of the document
state-column-list_price = List price
state-column-minutes = Minutes
state-column-motive = Motive
state-column-name = Name
state-column-name_fr = French name
state-column-note = Note
state-column-on = On
state-column-opened_on = Opened on
state-column-opportunity = Opportunity
state-column-organization = Company
state-column-original = Original document
state-column-owner = Owner
state-column-parent = Company above
state-column-person = Person
state-column-phone = Telephone
state-column-postal_code = Postal code
state-column-probability = Probability
state-column-product = Product
state-column-quantity = Quantity
state-column-rate = Rate
state-column-raw = Raw value
state-column-region = Region
state-column-register = Register number
state-column-revenue = Their turnover
state-column-role = Role
state-column-round = Round
state-column-rule = Rule
state-column-sector = Sector
state-column-selling_entity = Our selling company
state-column-set = Set
state-column-share = Share
state-column-ship_to = Shipped to
state-column-side = Side
state-column-since = Since
state-column-siren = SIREN
state-column-siret = SIRET
state-column-source = Source
state-column-stage = Stage
state-column-stance = Stance
state-column-status = Status
state-column-status_since = Status since
state-column-street = Street
state-column-strength = Strength of relation
state-column-subject = Subject
state-column-supplier_people = Our people
state-column-tier = Tier
state-column-time = Time
state-column-title = Title
state-column-to = To
state-column-type = Type
state-column-unit = Unit of sale
state-column-unit_cost = Unit cost
state-column-unit_price = Unit price
state-column-valid_from = Valid from
state-column-valid_to = Valid to
state-column-value = Value
state-column-vat = VAT number
state-column-view = View
state-column-wallet = Wallet
state-column-wallet_currency = Wallet currency
state-column-website = Website
state-import-applied = in
state-import-applying = going in
state-import-compared = compared
state-import-failed = failed
state-import-read = read
state-import-received = received
state-import-reversed = taken back
state-issue-ambiguous_date = Day and month can be read in two ways. Say which order it is.
state-issue-ambiguous_number = Comma and point can be read in two ways.
state-issue-changed_by_hand = Somebody changed this by hand since; the hand wins.
state-issue-column_missing = A required column is missing.
state-issue-criterion_unknown = There is no such criterion in the set.
state-issue-currency_missing = No currency: say which one, the amounts wait.
state-issue-currency_unknown = Not a currency code of three letters.
state-issue-date_unreadable = Not a date. Write 2026-11-23 or 23/11/2026.
state-issue-encoding_broken = The bytes are no text of the file’s encoding. Save the file as UTF-8.
state-issue-file_empty = The file is empty.
state-issue-format_mismatch = The file is not of the format that its name says.
state-issue-heading_twice = Two columns have the same meaning. Keep one with “Heading = field”.
state-issue-key_twice = The same key stands twice with different contents.
state-issue-kind_unknown = It cannot be seen what the file holds. Say it.
state-issue-link_cycle = The link would make a company its own ancestor.
state-issue-link_overlap = Another parent holds it at the same time in this view.
state-issue-name_ambiguous = Several have this name; a name decides nothing. Use an id.
state-issue-number_unreadable = Not a number.
state-issue-out_of_range = The number is outside of what it may be.
state-issue-party_empty = The row names no customer.
state-issue-party_unknown = This customer is not known yet; the row attaches itself when it comes.
state-issue-person_unknown = This person is not known yet; the row attaches itself when it comes.
state-issue-product_alike = A product of nearly the same name is known. Is it the same? Answer with product:name = known name.
state-issue-product_unknown = This product is not known yet; the row attaches itself when it comes.
state-issue-required_missing = This cell may not be empty.
state-issue-row_unreadable = The row cannot be read.
state-issue-rows_seen_before = Another file brought equal rows. Are these the same ones, or more? Answer with rows:seen = again or more.
state-issue-seen_before = The same file came in before. Nothing was done.
state-issue-too_few_cells = The row has fewer cells than the heading.
state-issue-too_large = The file is larger than allowed.
state-issue-too_many_cells = The row has more cells than the heading.
state-issue-unknown_word = The word is not on the list of what may stand here.
state-kind-accounts = Accounts
state-kind-costs = Costs to serve
state-kind-interactions = Contacts
state-kind-links = Links
state-kind-opportunities = Opportunities
state-kind-people = People
state-kind-plans = Plans
state-kind-products = Products
state-kind-rates = Exchange rates
state-kind-sales = Sales
state-kind-scores = Judgements
