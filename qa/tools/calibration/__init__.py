"""How the confidence is fitted: from labelled questions to the calibration beside them.

`observation` asks an index the questions; `fitting` fits a regression to what it says and chooses
the `certainty_thresholds`; `report` measures that; `command` is what `make calibrate` runs.
"""
