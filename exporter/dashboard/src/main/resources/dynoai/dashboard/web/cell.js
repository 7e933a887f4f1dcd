// The sessions of the bikes of a dyno cell, and one of them.
import { byId, chart, count, el, figure, follow, getJson, heatMap, legend, idsOfPage, logName, plural, runPage, say, signed, spanOf, table, time, uncut } from './shared.js';
import { act, commandLine, offers } from './actions.js';

const [shop, cell] = idsOfPage();
const chosen = new URLSearchParams(location.search).get('session') ?? '';
const CELLS = 55;
let latest = '';

const percent = value => value === null ? '' : `${signed(value)} %`;
const size = value => value === null ? null : Math.abs(value);
const bikeName = session => session.bike || 'bike not named';
const apiSession = session => `/api/v1/sessions/${encodeURIComponent(session.shop)}/${encodeURIComponent(session.session)}`;

function verdict(session) {
  const runs = figure('Runs', count(session.runs),
    session.runs_read < session.runs ? `the latest ${session.runs_read} shown` : 'all of the session');
  const last = session.iterations.at(-1);
  if (!last) return [runs];
  const before = session.iterations.at(-2);
  const worst = s => Math.max(size(uncut(s, 'front')) ?? 0, size(uncut(s, 'rear')) ?? 0, size(s.largest_correction_pct) ?? 0);
  const clamped = last.front_clamped + last.rear_clamped;
  const trend = before
    ? `${percent(worst(last) - worst(before))} compared with the previous run; `
      + (before.applied_ms ? 'its corrections were applied' : 'nothing applied, ridden again')
    : 'the first run';
  return [
    figure('Largest correction now', `${worst(last).toFixed(2)} %`,
      `${trend}${clamped ? `. ${plural(clamped, 'cell')} cut by the clamp` : ''}.`, clamped ? 'bad' : worst(last) < 1 ? 'good' : ''),
    figure('Cells still to ride', count(session.to_ride.length), `of ${CELLS}, with fewer than ${session.weak_below} samples`,
      session.to_ride.length ? '' : 'good'),
    runs];
}

/** Makes a button that acts once, shows the same command, and loads the session again. */
function actButton(label, name, parameters, done = load) {
  const button = el('button', { type: 'button', 'data-act': name }, label);
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      const answer = await act(name, parameters);
      byId('outcome').replaceChildren(el('p', {}, `Done: ${answer.done}.`),
        el('p', { class: 'quiet' }, 'The same on the command line:'), commandLine(answer.command));
      await done();
    } catch (failed) {
      byId('outcome').replaceChildren(el('p', { class: 'refused' }, `Refused: ${failed.message}`));
    } finally {
      button.disabled = false;
    }
  });
  return button;
}

function sessionLink(other, shown) {
  const words = `${bikeName(other)}, ${plural(other.runs, 'run')}, from ${time(other.begun_ms)}${other.current ? '' : ', ended'}`;
  const same = other.bike === shown.bike && other.session === shown.session;
  if (same) return el('li', {}, el('b', { 'aria-current': 'true' }, words));
  return el('li', {}, other.session ? el('a', { href: `?session=${encodeURIComponent(other.session)}` }, words) : words);
}

function showSessions(session, here) {
  const place = { shop, cell, bike: session.bike };
  const list = session.sessions.map(other => sessionLink(other, session));
  byId('sessions').replaceChildren(el('ul', { class: 'sessions' }, list),
    here.acts.includes('new-session') && session.current && session.runs
      ? el('p', {}, actButton('Begin a new session', 'new-session', place, async () => { if (!chosen) await load(); }),
        ' Coverage and convergence start again with the next run.')
      : null);
}

function steps(session, here) {
  if (!session.iterations.length) return [el('p', {}, 'No run yet: drop a log of this bike.')];
  const values = cylinder => session.iterations.map(s => size(uncut(s, cylinder)));
  const mark = s => here.acts.includes('applied')
    ? actButton(s.applied_ms ? 'Not applied' : 'Mark as applied', 'applied', { shop: s.shop, run_id: s.run_id, undo: Boolean(s.applied_ms) })
    : '';
  return [
    el('div', { class: 'charts' }, chart('Largest correction before the clamp, from run to run', '%', [
      { name: 'front', values: values('front') }, { name: 'rear', values: values('rear'), kind: 'rear' }], { dots: true })),
    table('Runs of the session', ['Run', 'Began', 'Front#', 'Rear#', 'Both#', 'At the clamp#', 'Cells covered#', 'Applied'], session.iterations.map(s => [
      el('a', { href: runPage(s.shop, s.run_id) }, logName(s)), time(s.started_ms), percent(uncut(s, 'front')),
      percent(uncut(s, 'rear')), percent(s.largest_correction_pct), s.front_clamped + s.rear_clamped, `${s.cells_covered} of ${CELLS}`,
      el('span', {}, s.applied_ms ? `${time(s.applied_ms)} ` : '', mark(s))]))];
}

function showRide(session) {
  byId('ride').replaceChildren(
    el('p', {}, `${session.to_ride.length} of ${CELLS} cells have fewer than ${session.weak_below} samples on a cylinder.`),
    session.ride_next.length
      ? el('ol', { class: 'bands' }, session.ride_next.map(band => el('li', {}, el('b', {}, band.words), ' ', el('span', { class: 'quiet' }, band.settles))))
      : el('p', {}, session.ride_otherwise),
    session.to_ride.length
      ? el('details', {}, el('summary', {}, 'Cells one by one'),
        table('Cells still to ride', ['rpm#', 'kPa#', 'Front#', 'Rear#'], session.to_ride.map(c => [c.rpm, c.kpa, count(c.front), count(c.rear)])))
      : el('p', {}, 'Every cell has enough samples.'));
}

async function showMap(session, here) {
  const parts = [el('p', {}, 'All logs of the session in one map: their rows are added up as if they were one log.')];
  if (!session.runs) parts.push(el('p', {}, 'The session has no run yet.'));
  if (session.runs && !session.has_map) parts.push(el('p', {}, 'It was not made yet.'));
  const map = session.has_map ? await getJson(`${apiSession(session)}/map`) : null;
  if (map) {
    const address = file => `${apiSession(session)}/map/${encodeURIComponent(file)}`;
    parts.push(el('p', {}, map.outdated ? 'The session has other runs since; make it again.' : `${plural(map.runs.length, 'run')} in it.`),
      table('Files of the map', ['File', 'Bytes#'], map.files.map(file => [
        el('a', { href: address(file.file), download: `${session.session}-map-${file.file}` }, file.file), count(file.size_bytes)])));
  }
  if (session.runs && here.acts.includes('session-map')) {
    parts.push(el('p', {}, actButton(map ? 'Make the map again' : 'Make the map', 'session-map', { shop, session: session.session })));
  } else if (session.runs && !map) {
    parts.push(commandLine(`dynoai session map ${session.session}`));
  }
  byId('map').replaceChildren(...parts);
}

async function show(session) {
  const here = await offers().catch(() => ({ acts: [] }));
  document.title = `${shop} / ${cell} / ${bikeName(session)} - DynoAI`;
  byId('title').textContent = session.bike ? `${session.bike} in cell ${cell} of ${shop}` : `Cell ${cell} of ${shop}`;
  say(byId('state'), `${plural(session.runs, 'run')} from ${time(session.begun_ms)}, ${session.current ? 'current session' : 'an earlier session'}`
    + (session.runs_read < session.runs ? `, the latest ${session.runs_read} shown` : ''));
  showSessions(session, here);
  byId('verdict').replaceChildren(...verdict(session));
  const grids = ['front', 'rear'].map(cylinder => ({
    id: `coverage_${cylinder}`, title: 'Coverage', cylinder, unit: 'rows', signed: false, rows: session[`coverage_${cylinder}`] }));
  const span = spanOf(grids);
  byId('coverage').replaceChildren(legend(grids[0], span, 'few rows', 'many, up to'),
    ...grids.map(grid => el('div', { class: 'grid' }, heatMap(grid, session.axes, span))));
  showRide(session);
  byId('steps').replaceChildren(...steps(session, here));
  await showMap(session, here);
}

async function load() {
  try {
    const query = chosen ? `?session=${encodeURIComponent(chosen)}` : '';
    await show(await getJson(`/api/v1/cells/${encodeURIComponent(shop)}/${encodeURIComponent(cell)}${query}`));
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    byId('state').textContent = `The cell could not be loaded: ${failed.message}`;
  }
}

/** Loads the session again when a run of this cell has ended, or more is known of the last one. */
async function refresh() {
  const values = new URLSearchParams({ shop, cell, state: 'done', size: 1 });
  const answer = await getJson(`/api/v1/runs?${values}`);
  const now = JSON.stringify([answer.total, answer.runs]);
  if (now !== latest) {
    latest = now;
    await load();
  }
}

refresh().catch(load);
follow(() => refresh().catch(() => {}));
