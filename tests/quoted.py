"""Mails as they are written: each with what its writer wrote themselves."""

from typing import Final

WRITTEN: Final = {
    "plain": ("The vote was eight to seven.", "The vote was eight to seven."),
    "gmail": (
        (
            "It was 2014.\n\nOn Tue, 3 Mar 2026 at 10:14, Desk <desk@paper.example> wrote:\n"
            "> Thank you.\n> We will look."
        ),
        "It was 2014.",
    ),
    "gmail over two lines": (
        (
            "It was 2014.\n\nOn Tue, 3 Mar 2026 at 10:14, The Corrections Desk\n"
            "<desk@paper.example> wrote:\n\n> Thank you."
        ),
        "It was 2014.",
    ),
    "without marks": (
        "Still wrong.\n\nOn 03/03/2026 10:14, Desk wrote:\nThank you.\nWe will look.",
        "Still wrong.",
    ),
    "below the quotation": (
        "On Tue, 3 Mar 2026 at 10:14, Desk <d@paper.example> wrote:\n> What year?\n\nIt was 2014.",
        "It was 2014.",
    ),
    "between": (
        (
            "On Tue, 3 Mar 2026 at 10:14, Desk <d@paper.example> wrote:\n> What year?\n2014.\n"
            "> And the name?\nMeier, with an e."
        ),
        "2014.\nMeier, with an e.",
    ),
    "outlook": (
        (
            "The caption is wrong.\n\n________________________________\nFrom: Desk <d@p.example>\n"
            "Sent: Tuesday, 3 March 2026 10:14\nTo: Ann\nSubject: Your report\n\nThank you."
        ),
        "The caption is wrong.",
    ),
    "outlook, older": (
        "The caption is wrong.\n\n-----Original Message-----\nFrom: Desk\nSent: Tue\n\nThank you.",
        "The caption is wrong.",
    ),
    "apple": (
        (
            "Please fix it.\n\nSent from my iPhone\n\n> On 3 Mar 2026, at 10:14, Desk <d@p.example>"
            " wrote:\n> \n> Thank you."
        ),
        "Please fix it.",
    ),
    "german": (
        "Es war 2014.\n\nAm 03.03.2026 um 10:14 schrieb Desk <d@paper.example>:\n> Danke.",
        "Es war 2014.",
    ),
    "french": (
        "C'était 2014.\n\nLe mar. 3 mars 2026 à 10:14, Desk <d@p.example> a écrit :\n> Merci.",
        "C'était 2014.",
    ),
    "signature": (
        "The mill burned down in 2014.\n\n-- \nAnn Hall\nHill Road 3\n0171 555",
        "The mill burned down in 2014.",
    ),
    "farewell": (
        "Dear editor,\n\nthe mill burned down in 2014.\n\nKind regards,\nAnn Hall\nChair",
        "Dear editor,\n\nthe mill burned down in 2014.",
    ),
    "thanks": ("It was 2014.\n\nMany thanks,\n\nAnn", "It was 2014."),
    "thanks at the beginning": (
        "Thank you.\n\nBut the year is still wrong.\n" + "It was 2014, not 2015.\n" * 14,
        "Thank you.\n\nBut the year is still wrong.\n" + ("It was 2014, not 2015.\n" * 14).strip(),
    ),
    "afterthought": (
        "It was 2014.\n\nYours sincerely\nAnn Hall\n\nPS: The caption is wrong too.",
        "It was 2014.\n\nPS: The caption is wrong too.",
    ),
    "small print": (
        (
            "It was 2014.\n\nThis e-mail and its attachments are confidential and intended for"
            " the addressee.\nIf you are not he, delete it."
        ),
        "It was 2014.",
    ),
    "phone": ("It was 2014.\nGet Outlook for Android", "It was 2014."),
    "what the paper wrote": (
        "On 3 March your paper wrote:\nThe mill burned down in 2015.\nIt was 2014.",
        "On 3 March your paper wrote:\nThe mill burned down in 2015.\nIt was 2014.",
    ),
    "from": (
        "From: the mayor's office comes another figure.\nYours is wrong.",
        "From: the mayor's office comes another figure.\nYours is wrong.",
    ),
    "article quoted": (
        "> The vote was nine to six\nIt was eight to seven.",
        "It was eight to seven.",
    ),
    "forwarded": (
        (
            "FYI\n\n---------- Forwarded message ---------\nFrom: Ann <a@b.example>\nDate: Tue\n"
            "Subject: Mill\n\nIt was 2014."
        ),
        (
            "FYI\n\n---------- Forwarded message ---------\nFrom: Ann <a@b.example>\nDate: Tue\n"
            "Subject: Mill\n\nIt was 2014."
        ),
    ),
    "nothing but a quotation": ("> It was 2014.", "> It was 2014."),
    "dashes in the text": (
        "It was 2014 -- not 2015.\n- the year\n- the caption",
        "It was 2014 -- not 2015.\n- the year\n- the caption",
    ),
    "bare farewell": ("The link is dead.\nBest,\nTom", "The link is dead."),
    "wrote with a time": (
        "You say the fire began at 10:14, which is what the police wrote: it is wrong.",
        "You say the fire began at 10:14, which is what the police wrote: it is wrong.",
    ),
}
