import { byId, chart, count, el, follow, getJson, heatMap, logName, place, runPage, signed, table, time } from './shared.js';

const [shop, cell] = place();
let latest = '';

function show(session) {
  document.title = `${shop} / ${cell} - DynoAI`;
  byId('title').textContent = `Cell ${cell} of ${shop}`;
  byId('state').textContent = `${count(session.runs)} runs${session.runs_read < session.runs ? `, the latest ${session.runs_read} shown` : ''}`;
  byId('coverage').replaceChildren(...['front', 'rear'].map(cylinder => heatMap({
    id: `coverage_${cylinder}`, title: 'Coverage', cylinder, unit: 'rows', signed: false, rows: session[`coverage_${cylinder}`],
  }, session.axes)));
  byId('ride').replaceChildren(session.to_ride.length
    ? table(['rpm', 'kPa', 'Front', 'Rear'], session.to_ride.map(c => [c.rpm, c.kpa, count(c.front), count(c.rear)]))
    : el('p', {}, 'Every cell has enough samples.'));
  byId('ride').prepend(el('p', {}, `${session.to_ride.length} of 55 cells have fewer than ${session.weak_below} samples on a cylinder.`));
  const sizes = session.iterations.map(s => s.largest_correction_pct === null ? null : Math.abs(s.largest_correction_pct));
  byId('steps').replaceChildren(
    el('div', { class: 'charts' }, chart('Largest correction from run to run', '%', [{ values: sizes }], true)),
    table(['Run', 'Began', 'Largest correction', 'At the clamp', 'Cells covered'], session.iterations.map(s => [
      el('a', { href: runPage(s.shop, s.run_id) }, logName(s)), time(s.started_ms),
      s.largest_correction_pct === null ? '' : `${signed(s.largest_correction_pct)} %`, s.cells_clamped, `${s.cells_covered} of 55`])));
}

async function load() {
  try {
    show(await getJson(`/api/v1/cells/${encodeURIComponent(shop)}/${encodeURIComponent(cell)}`));
  } catch (failed) {
    byId('state').textContent = `The cell could not be loaded: ${failed.message}`;
  }
}

load();
follow(board => {
  const mine = board.shops.find(s => s.shop === shop);
  const now = JSON.stringify([mine?.states.done, mine?.cells.find(c => c.cell === cell)?.runs]);
  if (latest && now !== latest) load();
  latest = now;
}, () => {});
