"""The effects of four-factors.csv by statsmodels, to lay beside those of `kindling study effects`.

Run: python3 effects.py > effects.txt   (pandas, statsmodels)
"""

import pandas
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

runs = pandas.read_csv("four-factors.csv", keep_default_na=False)
fit = ols("test_accuracy ~ (C(sr) + C(pct3x3) + C(bypass) + C(lr)) ** 2 + C(seed)", runs).fit()
print(anova_lm(fit, typ=2).to_string(float_format=lambda value: f"{value:.6g}"))
