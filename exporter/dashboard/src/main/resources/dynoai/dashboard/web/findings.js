import { byId, count, el, plural, table } from './shared.js';

/** The types of anomalies in words, the most important first. */
const TYPES = new Map([
  ['knock_cluster', 'Knock'],
  ['low_map_lean', 'Lean at high vacuum'],
  ['cylinder_imbalance', 'Cylinders far apart'],
  ['battery_correlation', 'Correction follows battery voltage'],
  ['spatial_discontinuity', 'A cell unlike its neighbours']]);

/** What became of a row, in words. */
const GATES = new Map([
  ['accepted_wb', 'accepted'],
  ['no_requested_afr', 'no commanded AFR'],
  ['no_delayed_afr', 'no measured AFR after the delay'],
  ['bad_afr_or_request_afr', 'AFR missing or unusable'],
  ['temp_out_of_range', 'intake air temperature out of range'],
  ['rpm_out_of_range', 'engine speed out of range'],
  ['map_out_of_range', 'manifold pressure out of range'],
  ['tps_out_of_range', 'throttle out of range'],
  ['low_load', 'too little load'],
  ['outside_grid', 'beyond the grid'],
  ['throttle_transient', 'throttle moves too fast'],
  ['cold_engine', 'coolant too cold'],
  ['fuel_cut', 'fuel cut']]);

const words = (names, key) => names.get(key) ?? key.replaceAll('_', ' ');

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

/** Shows all anomalies of a type, the largest first, and what to check next once for all. */
function kind(type, members) {
  members.sort((a, b) => b.score - a.score);
  const checks = new Set(members.flatMap(anomaly => anomaly.next_checks ?? []));
  return el('div', { class: 'anomaly', 'data-type': type },
    el('h3', {}, words(TYPES, type) + (members.length > 1 ? ` (${members.length} times)` : '')),
    members.map(anomaly => [
      el('p', { class: 'quiet' }, `${where(anomaly)}${where(anomaly) ? '. ' : ''}Score ${Number(anomaly.score).toFixed(2)}.`),
      el('p', {}, anomaly.explanation)]).flat(),
    el('ul', { 'aria-label': 'What to check' }, [...checks].map(check => el('li', {}, check))));
}

function anomalies(found) {
  const byType = new Map([...TYPES.keys()].map(type => [type, []]));
  for (const anomaly of found) byType.set(anomaly.type, [...(byType.get(anomaly.type) ?? []), anomaly]);
  return [...byType].filter(([, members]) => members.length).map(([type, members]) => kind(type, members));
}

/** Shows what the diagnostics of a run found. */
export function findings(details) {
  const found = anomalies(details.anomalies);
  const gates = Object.keys(details.gates.front);
  byId('findings').replaceChildren(
    details.message ? el('p', {}, el('strong', {}, details.message)) : '',
    details.cells_weak ? el('p', {}, `${plural(details.cells_weak, 'cell')} of the delta with fewer than 10 samples; --min-samples 10 leaves such cells empty.`) : '',
    outsideGrid(details),
    details.columns?.weights_by_hits ? el('p', {}, 'Weighted by hits: every row weighs 1.0.') : '',
    ...(found.length ? found : [el('p', {}, 'No anomalies.')]),
    el('h3', {}, 'Rows by gate'),
    table('Rows by gate', ['Gate', 'Front#', 'Rear#'], gates.map(gate =>
      [words(GATES, gate), count(details.gates.front[gate]), count(details.gates.rear[gate])])));
}
