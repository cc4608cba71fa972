"""What readers assert about invented articles, each with the sentence that it speaks of."""

from pathlib import Path
from typing import Final

from ombud.newsroom import Article

BRIDGE: Final = Article(
    "Council closes Harwick bridge for two winters",
    "The council voted on Monday to close the swing bridge.\n"
    "Eight members voted for it and seven against, said Ana Peltonen, the chairwoman."
    " The repair costs 4.2 million euros and begins in November.\n"
    "The bridge opened in 1931 and was last repaired in 1987."
    " Its engineer, Otto Brandt, also built the mill at Lower Harwick.\n"
    "Lorries of more than 7.5 tonnes have been banned since March."
    " Pedestrians may cross on a pontoon in the meantime.\n"
    "The ferry company has offered twelve extra sailings a day."
    " Mayor Lindqvist called the closure a necessary evil.",
    "Marta Sand",
)
CLINIC: Final = Article(
    "Children's clinic moves to the old brewery",
    "The children's clinic in Vantor will move into the former Kestrel brewery by June 2027.\n"
    "It treats about 3,400 patients a year and employs 46 nurses."
    " Director Samuel Okoye said the present building had become too small.\n"
    "The brewery stood empty after it closed in 2009."
    " The region pays two thirds of the cost of 18 million crowns.\n"
    "Parents had protested because the new site has only ten parking places."
    " A bus, line 14, will stop in front of the entrance.\n"
    "Neighbours fear noise from the ambulance helicopter, which lands once a week on average.",
    "Jonas Reuter",
)
ASKED: Final = (
    (BRIDGE, "The vote was on Tuesday, not on Monday.", "The council voted on Monday"),
    (BRIDGE, "It was nine votes to six, not eight to seven.", "Eight members voted"),
    (BRIDGE, "The chairwoman is called Anna Peltonen.", "Eight members voted"),
    (BRIDGE, "You misspelled Peltonnen's name.", "Eight members voted"),
    (BRIDGE, "The repair costs 2.4 million, you mixed the digits up.", "The repair costs"),
    (BRIDGE, "Work does not begin before December.", "The repair costs"),
    (BRIDGE, "The bridge opened in 1913.", "The bridge opened in 1931"),
    (BRIDGE, "Otto Brand has only one t, no d at the end.", "Its engineer, Otto Brandt"),
    (BRIDGE, "The mill at Lower Harwick is older than its alleged engineer.", "Its engineer"),
    (BRIDGE, "The ban is for lorries above 3.5 tonnes.", "Lorries of more than"),
    (BRIDGE, "There is no pontoon, pedestrians have to walk round.", "Pedestrians may cross"),
    (BRIDGE, "The ferry has ten extra sailings.", "The ferry company"),
    (BRIDGE, "Mrs Lindqvist never said necessary evil, I was there.", "Mayor Lindqvist"),
    (BRIDGE, "Lindqvist is deputy mayor only.", "Mayor Lindqvist"),
    (BRIDGE, "The headline is wrong: it is one winter.", "Council closes Harwick bridge"),
    (BRIDGE, "There is a typo in the fourth paragraph.", "Lorries of more than"),
    (BRIDGE, "In the last paragraph, it was the water board.", "The ferry company"),
    (BRIDGE, "The byline should be Martha, not Marta.", "Marta Sand"),
    (CLINIC, "The brewery is called Kestral.", "The children's clinic in Vantor"),
    (CLINIC, "They do not move before 2028.", "The children's clinic in Vantor"),
    (CLINIC, "It treats 4,300 patients.", "It treats about"),
    (CLINIC, "There are 64 nurses at the clinic.", "It treats about"),
    (CLINIC, "Okoye is not the director, he left in May.", "Director Samuel Okoye"),
    (CLINIC, "The brewery closed in 2011, I worked there.", "The brewery stood empty"),
    (CLINIC, "The region pays one third, the state the rest.", "The region pays"),
    (CLINIC, "The cost is 81 million crowns.", "The region pays"),
    (CLINIC, "There are forty parking places.", "Parents had protested"),
    (CLINIC, "Line 14 doesn't go there, it's line 41.", "A bus, line 14"),
    (CLINIC, "The helicopter lands every day.", "Neighbours fear noise"),
    (CLINIC, "Your title says old brewery, it is the new one.", "Children's clinic moves"),
    (CLINIC, "Our neighbours are not against the ambulance at all.", "Neighbours fear noise"),
    (CLINIC, "He never said that the building was too small.", "Director Samuel Okoye"),
)
"""Article, assertion, and how the sentence begins that it speaks of."""
MARKED: Final = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").split("\n====\n")
"""Letters and comments; what each asserts stands in square brackets."""
