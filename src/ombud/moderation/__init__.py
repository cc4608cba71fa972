"""
What happens to a comment between its reader and the page.

`submission` takes it in, `standing` says what state it begins in, `rulings` is what moderators do,
`notices` what its reader is told.
Everything works in a transaction that is handed in; judging happens between two of them.
"""
