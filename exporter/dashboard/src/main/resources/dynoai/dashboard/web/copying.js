import { apiRun, el } from './shared.js';

const FORMATS = [['cells', 'cells for pasting (TuneLab, WinPV)'], ['csv', 'CSV with axes'], ['pvv', 'Power Vision (.pvv)']];
const VALUES = [['percent', 'percent: +7.00'], ['factor', 'factor: 1.0700'], ['absolute', 'absolute VE']];

/** Makes the form that says how the tables are copied; it answers with the address of a cylinder's table. */
export function copyForm(shop, id, hasAbsolute) {
  const choice = (label, name, options) => el('label', {}, label,
    el('select', { name }, options.map(([value, text, off]) => el('option', { value, disabled: off }, text))));
  const form = el('form', { class: 'copying', 'aria-label': 'How tables are copied' },
    choice('Values', 'values', VALUES.map(([value, text]) => value === 'absolute' && !hasAbsolute
      ? [value, 'absolute VE (needs a run with --base-front and --per-cylinder)', true] : [value, text])),
    choice('Weak cells', 'weak', [['in', 'copied too'], ['out', 'left out (fewer than 10 samples)']]),
    choice('Format', 'format', FORMATS));
  form.addEventListener('submit', event => event.preventDefault());
  const address = cylinder => `${apiRun(shop, id)}/table?${new URLSearchParams({
    cylinder, values: form.elements.values.value, weak: form.elements.weak.value, format: form.elements.format.value })}`;
  return { form, address };
}
