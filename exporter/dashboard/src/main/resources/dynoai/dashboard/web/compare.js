import { apiRun, byId, el, getJson, heatMap, legend, plural, say, table, time, logName } from './shared.js';

/** Offers the other runs of the cell and of the vehicle. */
export function comparable(run, others) {
  const form = byId('compare');
  form.hidden = others.length === 0;
  form.dataset.started = run.started_ms;
  const option = s => el('option', { value: `${s.shop}/${s.run_id}`, 'data-started': s.started_ms }, `${time(s.started_ms)} ${logName(s)}`);
  const group = (label, members) => members.length ? [el('optgroup', { label }, members.map(option))] : [];
  form.elements.with.replaceChildren(
    ...group(`Cell ${run.cell}`, others.filter(s => s.cell === run.cell)),
    ...group(`Vehicle ${run.vehicle}`, others.filter(s => s.cell !== run.cell)));
  if (!others.length) say(byId('comparison'), 'There is no other run of this vehicle or cell.');
}

function cylinder(own, axes) {
  const grid = (id, title, rows) => el('div', { class: 'grid' },
    heatMap({ id: `${id}_${own.cylinder}`, title: `${own.cylinder} cylinder`, cylinder: '', unit: '%', signed: true, rows, heading: title }, axes, own.span));
  return [el('h4', {}, `${own.cylinder[0].toUpperCase()}${own.cylinder.slice(1)} cylinder`),
    el('p', {}, own.words),
    el('div', { class: 'grids' }, grid('before', 'Before', own.before), grid('after', 'After', own.after),
      grid('change', 'Change: after minus before', own.change))];
}

function shown(answer) {
  const parts = [
    el('h3', {}, `Before: ${logName(answer.before)}. After: ${logName(answer.after)}.`),
    el('p', {}, answer.equal ? 'Both runs are equal.' : 'What differs:'),
    answer.words.length ? el('ul', {}, answer.words.map(text => el('li', {}, text))) : '',
    legend({ signed: true }, answer.cylinders[0]?.span ?? 7, 'rich: take fuel out', 'lean: add fuel',
      'In the change, + asks for more fuel than before.'),
    ...answer.cylinders.flatMap(own => cylinder(own, answer.axes))];
  if (answer.differences.length) {
    parts.push(el('details', {}, el('summary', {}, `${plural(answer.differences_total, 'difference')} field by field`),
      table('Differences', ['Where', 'Before', 'After'], answer.differences.map(d => [d.where, d.left, d.right]))));
  }
  return parts;
}

/** Compares the run with the chosen one; the earlier of both is "before". */
export async function compare(shop, id) {
  const target = byId('comparison');
  try {
    const chosen = byId('compare').elements.with.selectedOptions[0];
    const other = chosen.value;
    const own = `${shop}/${id}`;
    const [before, after] = Number(chosen.dataset.started) < Number(byId('compare').dataset.started) ? [other, own] : [own, other];
    const [beforeShop, beforeId] = before.split('/');
    target.replaceChildren(...shown(await getJson(`${apiRun(beforeShop, beforeId)}/compare?with=${encodeURIComponent(after)}`)));
  } catch (failed) {
    target.textContent = failed.message;
  }
}
