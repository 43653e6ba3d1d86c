"""The tests of docs/cifar10.md and docs/cifar10-layers.md, from the files beside this script.

    python3 -m pip install pandas scipy statsmodels && python3 docs/cifar10/tests.py

Differences are paired by seed: cells of one seed share the order of images, and where shapes agree the initial weights.
Accuracies are in percent, of the test part. Intervals are 95 % t intervals of the mean difference over six seeds; `flip` is
the p value of the exact sign-flip test, which six seeds cannot bring below 2/64 = 0.031.
"""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from scipy import stats
from statsmodels.stats.multitest import multipletests

HERE = Path(__file__).parent
LEVELS_SR, LEVELS_3X3 = (0.125, 0.5, 1), (0, 0.5, 1)

runs = pd.read_csv(HERE / 'runs.csv').rename(columns={'network.sr': 'sr', 'network.pct3x3': 'pct'})
runs['accuracy'] = 100 * runs.testAccuracy


def compare(a: pd.Series, b: pd.Series) -> dict[str, float]:
    """Mean of a - b over the seeds, which index both."""
    d = (a - b).dropna().to_numpy()
    half = stats.t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d))
    flips = [abs((d * signs).sum()) for signs in itertools.product((1, -1), repeat=len(d))]
    return {
        'n': len(d),
        'difference': d.mean(),
        'low': d.mean() - half,
        'high': d.mean() + half,
        'p': stats.ttest_1samp(d, 0).pvalue,
        'flip': np.mean([flip >= abs(d.sum()) - 1e-9 for flip in flips]),
    }


def show(title: str, rows: dict[str, dict[str, float]]) -> None:
    table = pd.DataFrame(rows).T
    table['holm'] = multipletests(table.p, method='holm')[1]
    print(f'\n{title}\n', table.to_string(float_format=lambda value: f'{value:.4g}'))


def cell(sr: float, pct: float, column: str = 'accuracy') -> pd.Series:
    return runs[(runs.sr == sr) & (runs.pct == pct)].set_index('seed')[column]


model = smf.ols('accuracy ~ C(sr) * C(pct) + C(seed)', runs).fit()
print(sm.stats.anova_lm(model, typ=2))

neighbours = {}
for sr in LEVELS_SR:
    for low, high in itertools.pairwise(LEVELS_3X3):
        neighbours[f'SR {sr}: 3x3 share {high} - {low}'] = compare(cell(sr, high), cell(sr, low))
for pct in LEVELS_3X3:
    for low, high in itertools.pairwise(LEVELS_SR):
        neighbours[f'3x3 share {pct}: SR {high} - {low}'] = compare(cell(high, pct), cell(low, pct))
show('Neighbouring cells, twelve comparisons', neighbours)
show('28,582 against 68,506 parameters', {'': compare(cell(0.125, 0.5), cell(1, 0))})
show(
    'Interaction, two comparisons',
    {
        f'3x3 share {high} - {low}, at SR 1 against SR 0.125': compare(
            cell(1, high) - cell(1, low), cell(0.125, high) - cell(0.125, low)
        )
        for low, high in itertools.pairwise(LEVELS_3X3)
    },
)


def layers(file: str) -> pd.DataFrame:
    """Of each run the number of each layer, from a figure's CSV: columns layer, line (what the lines are), value, seed."""
    table = pd.read_csv(HERE / file)
    table = table[table.mark == 'run']
    line = next(name for name in table.columns if name in ('squeeze ratio', '3×3 share', 'cell'))
    value = table.columns[3]
    return table.rename(columns={line: 'line', value: 'value'})[['layer', 'line', 'value', 'seed', 'run']]


def of(table: pd.DataFrame, layer: str, line: object) -> pd.Series:
    """By seed, the mean over the cells of a line."""
    return table[(table.layer == layer) & (table.line == line)].groupby('seed').value.mean()


FIRES = tuple(f'fire{n}' for n in range(2, 10))
BEFORE = dict(
    zip(
        FIRES,
        ('pool1', 'fire2/addition', 'pool3', 'fire4/concatenation', 'pool5', 'fire6/concatenation', 'fire7/addition')
        + ('fire8/concatenation',),
        strict=True,
    )
)


def from_zero(values: pd.Series) -> dict[str, float]:
    return compare(values, 0 * values)


probe = layers('probe.csv')


def step(fire: str, sr: float) -> pd.Series:
    """By how much the cross-entropy behind the squeeze layer is above that of the layer before it."""
    return of(probe, f'{fire}/squeeze', sr) - of(probe, BEFORE[fire], sr)


for sr in LEVELS_SR:
    show(
        f'Probe: step of a squeeze layer at SR {sr}, half 3x3, eight comparisons',
        {fire: from_zero(step(fire, sr)) for fire in FIRES},
    )
show(
    'Probe: the step at SR 0.125 less that at SR 1, eight comparisons',
    {fire: compare(step(fire, 0.125), step(fire, 1)) for fire in FIRES},
)
show(
    'Probe: cross-entropy at conv10, half 3x3, two comparisons',
    {
        f'SR {low} - {high}': compare(of(probe, 'conv10', low), of(probe, 'conv10', high))
        for low, high in itertools.pairwise(LEVELS_SR)
    },
)

accuracy = layers('probe-accuracy.csv')
show(
    'Probe accuracy at SR 0.5, all 3x3 less none, five comparisons',
    {
        layer: compare(100 * of(accuracy, layer, 1), 100 * of(accuracy, layer, 0))
        for layer in ('fire3/addition', 'fire5/addition', 'fire7/addition', 'fire9/addition', 'conv10')
    },
)

clusters = layers('clusters.csv')
show(
    'Clusters: cross-entropy, half 3x3, four comparisons',
    {
        f'{layer}: SR {low} - {high}': compare(of(clusters, layer, low), of(clusters, layer, high))
        for layer in ('fire7/concatenation', 'conv10')
        for low, high in itertools.pairwise(LEVELS_SR)
    },
)

saturation = layers('saturation.csv')
show(
    'Saturation of squeeze layers, SR 0.125 less SR 1, means over the 3x3 shares, eight comparisons',
    {fire: compare(of(saturation, f'{fire}/squeeze', 0.125), of(saturation, f'{fire}/squeeze', 1)) for fire in FIRES},
)
show(
    'Saturation, fire2 less fire9, three comparisons',
    {
        f'SR {sr}': compare(of(saturation, 'fire2/squeeze', sr), of(saturation, 'fire9/squeeze', sr))
        for sr in LEVELS_SR
    },
)

explained = layers('explained.csv')
show(
    'Variance that the best 1x1 explains, SR 1 less SR 0.125, eight comparisons',
    {
        fire: compare(of(explained, f'{fire}/expand3x3', 1), of(explained, f'{fire}/expand3x3', 0.125))
        for fire in FIRES
    },
)

lesion = layers('lesion.csv')
for sr in LEVELS_SR:
    show(
        f'Points lost per 1,000 parameters, expand 1x1 less expand 3x3, SR {sr}, eight comparisons',
        {
            fire: compare(100 * of(lesion, f'{fire}/expand1x1', sr), 100 * of(lesion, f'{fire}/expand3x3', sr))
            for fire in FIRES
        },
    )

compression = pd.read_csv(HERE / 'compression.csv').merge(runs[['id', 'seed', 'sr']], left_on='run', right_on='id')


def compressed(sr: float, stage: str, column: str = 'accuracy') -> pd.Series:
    return compression[(compression.sr == sr) & (compression.stage == stage)].set_index('seed')[column]


show(
    'Points lost by Deep Compression, three comparisons',
    {
        f'SR {sr}': compare(100 * compressed(sr, 'float32'), 100 * compressed(sr, 'Huffman-coded'))
        for sr in LEVELS_SR
    },
)
show(
    'SR 1 compressed less SR 0.125 as it is',
    {'points': compare(100 * compressed(1, 'Huffman-coded'), 100 * compressed(0.125, 'float32'))},
)
for sr in LEVELS_SR:
    before, after = compressed(sr, 'float32', 'bytes'), compressed(sr, 'Huffman-coded', 'bytes')
    print(f'SR {sr}: {before.mean():.0f} to {after.mean():.0f} bytes, {(before / after).mean():.2f} times smaller')
