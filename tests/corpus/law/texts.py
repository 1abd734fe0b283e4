"""Laws and treaties made up for the tests of what reads them."""

TREATY = """####A Protocol

Preamble The States Parties.
###I

####General
### Article  1

####Purpose

1.   Each State shall adopt:

a) Laws on:

(i) Ships;

(ii) Ports; and

b) Rules.
2.   Nothing in this shall bind.
### Article  2

####Terms

Words mean what they say.
### Article  3

####Force

It enters into force.
"""


ACT = """# An act

> An Act To mend other acts.

*Be it enacted by all,*

## § 1. SHORT TITLE.

This Act may be cited.

## § 2. AMENDMENTS.

- **(a)** *In general* Title 18 is amended—
  - **(1)** by adding at the end:
    > ## § 90. Ships
    >
    > - **(a)** Ships sail.
    >   - **(1)** Fast.
    >
    > ## § 91. Ports
    >
    > Ports rest.

  - **(2)** in section 5, by adding:
    > - **(f)** Boats float.

- **(b)** *Date* It begins now.

## § 3. OTHER.

Section 7 is amended to read:

> “Whoever swims shall float.”

*Approved May 1, 2001.*

## Notes

A note on the margin.
"""
