page-search-empty = Type the beginning of a word: accounts, companies, people, products, plans.
page-search-lead = { $count ->
    [0] Nothing is found
    [one] One thing is found
   *[other] { $count } things are found
} for “{ $words }”.
page-search-none = Try fewer letters, or another word. Old names find the company too.
page-search-title = Find
word-object-account = Account
word-object-opportunity = Opportunity
word-object-party = Company
word-object-person = Person
word-object-plan = Plan
word-object-product = Product
