import assert from 'node:assert/strict';
import { test } from 'node:test';
import { methodRequests } from '../../../src-main/analysis/method-requests.ts';
import { describeMethod } from '../../../src-main/analysis/method.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { RUNS_COMPARED } from '../../../src-shared/analysis/comparable-analyses.ts';
import type { GivenSettings } from '../../../src-shared/analysis/settings.ts';

const names = METHODS.map(({ name }) => name);

function settingsOf(methods: readonly string[], given?: GivenSettings) {
  return Object.fromEntries(
    methodRequests(methods, given).map(({ method, settings }) => [method.name, settings]),
  );
}

test('every setting of every method is described as the method has it', () => {
  for (const method of METHODS) {
    const { settings } = describeMethod(method);
    const defaults = method.settings.parse({});
    for (const setting of settings) {
      const { name, about } = setting;
      assert.deepEqual(setting.default, defaults[name], `${method.name}.${name}`);
      assert.match(about, /^[a-z0-9]/);
      assert.equal(method.settings.safeParse({ [name]: setting.default }).success, true);
      if (setting.kind !== 'number') continue;
      const { least, above, most, whole } = setting;
      for (const [value, fits] of [
        [least, !above],
        [least - 1, false],
        [most ?? 5, true],
        [(most ?? Infinity) + 1, false],
        [least + (whole ? 1.5 : 0.015), !whole],
      ] as const)
        assert.equal(
          method.settings.safeParse({ [name]: value }).success,
          fits,
          `${method.name}.${name} ${value}`,
        );
    }
    const chosen = method.comparesRuns ? RUNS_COMPARED : [];
    assert.deepEqual([...settings.map(({ name }) => name), ...chosen], Object.keys(method.settings.shape));
  }
});

test('without settings every method is asked with its defaults', () => {
  assert.deepEqual(
    Object.values(settingsOf(names)),
    METHODS.map(({ settings }) => settings.parse({})),
  );
});

test('a setting is for all that have it, or for one', () => {
  const methods = ['probe', 'channel-lesion', 'grad-cam', 'tap-shares'];
  const given = { images: '60', 'channel-lesion.images': 40, replacement: 'zero', 'grad-cam.class': 'true' };
  const asked = settingsOf(methods, { ...given, layers: 'fire2/squeeze, fire3/squeeze' });
  assert.deepEqual(asked, {
    probe: { images: 60, dimension: null },
    'channel-lesion': { images: 40, replacement: 'zero' },
    'grad-cam': { shown: 10, layers: 'fire2/squeeze fire3/squeeze', class: 'true' },
    'tap-shares': {},
  });
});

test('what a method cannot be asked is said, with what it can be asked', () => {
  const refused = (methods: readonly string[], given: GivenSettings, message: string | RegExp) =>
    assert.throws(() => methodRequests(methods, given), { code: 'usage', message });
  const pictures = METHODS.filter(({ family }) => family === 'pictures').map(({ name }) => name);
  const ownValue = 'Set saliency-randomization.images separately, or leave the setting out.';
  refused(
    pictures,
    { images: 2000 },
    `images: 2000 is not accepted; saliency-randomization takes a whole number from 2 to 200. ${ownValue}`,
  );
  assert.equal(
    methodRequests(pictures, { images: 2000, 'saliency-randomization.images': 20 }).length,
    pictures.length,
  );
  refused(
    ['separation', 'receptive-field'],
    { images: 60 },
    /^images: 60 .* receptive-field takes .* from 100 to/,
  );
  refused(
    ['channel-lesion', 'tap-shares'],
    { 'channel-lesion.replacements': 'zero' },
    'channel-lesion.replacements: there is no such setting (did you mean replacement?); there are\n' +
      '  channel-lesion: images, replacement',
  );
  refused(
    ['channel-lesion'],
    { replacement: 'nought' },
    'replacement: nought is not accepted; channel-lesion takes mean, zero or resample.',
  );
  for (const value of ['', 'many', '60.5', NaN, Infinity, null, true])
    refused(['probe'], { images: value }, /^images: .* probe takes a whole number from 20 to 100,000\.$/);
  refused(['loss-landscape'], { points: 6 }, /^loss-landscape\.points: 6 is not accepted; must be odd/);
  refused(['similarity-across'], { seeds: 'k3f9a2qz' }, /^seeds: there is no such setting/);
  refused(['probe'], { constructor: 1, imags: 2 }, /^constructor: .*\nimags: /s);
  assert.throws(() => methodRequests(['prob']), { code: 'not-found', message: /did you mean "probe"/ });
});

test('the number of a class may be given as a number', () => {
  const { 'top-images': asked } = settingsOf(['top-images'], { class: 284 });
  assert.equal(asked?.['class'], '284');
});
