import { byId, count, el, plural, table } from './shared.js';

function where(anomaly) {
  if (anomaly.cell) return `${anomaly.cell.rpm} rpm, ${anomaly.cell.kpa} kPa`;
  if (anomaly.band) return `${anomaly.band.rpm.join(' to ')} rpm, ${anomaly.band.kpa.join(' to ')} kPa`;
  return (anomaly.cells ?? []).map(c => `${c.rpm} rpm, ${c.kpa} kPa${c.hot ? ' (hot)' : ''}`).join('; ');
}

function outsideGrid(details) {
  const rows = details.stats?.rows_outside_grid;
  if (!rows) return '';
  const fate = details.args?.inside_grid ? 'left out.' : 'counted in its edge cells; --inside-grid leaves them out.';
  return el('p', {}, `Rows beyond the grid: ${count(rows)}, ${fate}`);
}

/** Shows what the diagnostics of a run found. */
export function findings(details) {
  const list = details.anomalies.map(a => el('div', { class: 'anomaly' },
    el('h3', {}, a.type.replaceAll('_', ' ')),
    el('p', { class: 'quiet' }, `${where(a)}${where(a) ? '. ' : ''}Score ${Number(a.score).toFixed(2)}.`),
    el('p', {}, a.explanation),
    el('ul', {}, (a.next_checks ?? []).map(check => el('li', {}, check)))));
  const names = Object.keys(details.gates.front);
  byId('findings').replaceChildren(
    details.message ? el('p', {}, el('strong', {}, details.message)) : '',
    details.cells_weak ? el('p', {}, `${plural(details.cells_weak, 'cell')} of the delta with fewer than 10 samples; --min-samples 10 leaves such cells empty.`) : '',
    outsideGrid(details),
    details.columns?.weights_by_hits ? el('p', {}, 'Weighted by hits: every row weighs 1.0.') : '',
    ...(list.length ? list : [el('p', {}, 'No anomalies.')]),
    el('h3', {}, 'Rows by gate'),
    table('Rows by gate', ['Gate', 'Front#', 'Rear#'], names.map(name =>
      [name.replaceAll('_', ' '), count(details.gates.front[name]), count(details.gates.rear[name])])));
}
