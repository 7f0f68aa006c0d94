mail-foot = Orchestre sends this by itself; nobody reads answers to it.
