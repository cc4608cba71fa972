"""
Pages of other outlets, fetched safely: from hosts that are followed, and from nowhere inside.

`places` says which addresses may be asked, `fetcher` asks, `unpacking` opens what comes, and
`feeds` reads what feeds name.
"""
