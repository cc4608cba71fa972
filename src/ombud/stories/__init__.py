"""
Stories: what several outlets reported about one event, who said so, and who verified it.

`reading` makes documents of files and pages, `grouping` puts those of one event together,
`attributing` finds who said what, `verifying` what is said of checking it, and `dossiers` lays the
claims of several outlets side by side.
"""
