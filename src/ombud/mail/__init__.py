"""
The corrections desk by e-mail: what readers write to it, and what it writes to them.

`reading` makes of a message what matters of it, `replies` parts what somebody wrote from what they
quote, `origin` says whether a person wrote it, `attachments` what came with it, `asserting` whether
it says that something published is wrong, `finding` which article it speaks of; none of them does
any I/O.
`letters` words what readers get, `composing` makes a message of it.
`intake` keeps a mail as a report, `listening` and `boxes` are where mails come from, `sending` is
where letters go, and `post` runs what the settings ask for.
"""
