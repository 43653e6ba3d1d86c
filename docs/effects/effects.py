"""The effects of four-factors.csv by statsmodels, to lay beside those of `kindling study effects`: of all runs, and without six.

Run: python3 effects.py > effects.txt   (pandas, statsmodels)
"""

import pandas
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm

runs = pandas.read_csv("four-factors.csv", keep_default_na=False)
# the same rows as `awk 'NR % 17 != 5'`, which counts the head, too
some = runs[(runs.index + 2) % 17 != 5]
for given in (runs, some):
    fit = ols("test_accuracy ~ (C(sr) + C(pct3x3) + C(downsample) + C(lr)) ** 2 + C(seed)", given).fit()
    print(f"{len(given)} runs\n{anova_lm(fit, typ=2).to_string(float_format=lambda value: f'{value:.6g}')}\n")
