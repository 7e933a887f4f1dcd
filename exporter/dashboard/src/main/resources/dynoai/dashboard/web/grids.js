import { apiRun, byId, copy, el, getJson, getText, heatMap, legend, spanOf } from './shared.js';
import { copyForm } from './copying.js';

const TITLES = { delta: 'VE correction', error: 'AFR error, + is lean' };

/** Turns the sign of a text, so that + is lean in every grid. */
const turned = text => text.startsWith('-') ? `+${text.slice(1)}` : text.startsWith('+') ? `-${text.slice(1)}` : text;

function tools(page, grid, copying) {
  const file = el('a', { href: `${apiRun(page.shop, page.id)}/files/${encodeURIComponent(grid.file)}` }, 'CSV file');
  if (!grid.paste) return el('p', { class: 'tools' }, file);
  const table = grid.cylinder || 'mean';
  const button = el('button', { type: 'button', 'data-copy': grid.id },
    copying ? `Copy the ${table} table` : 'Copy for pasting');
  button.addEventListener('click', async () => {
    try {
      await copy(copying ? await getText(copying.address(table)) : grid.paste, button);
    } catch (failed) {
      button.textContent = failed.message;
    }
  });
  return el('p', { class: 'tools' }, button, ' ', file);
}

function drawn(page, grid, axes, span, copying) {
  return el('div', { class: 'grid' }, heatMap(grid, axes, span), tools(page, grid, copying));
}

function group(page, name, members, axes) {
  const { run, details } = page;
  const kind = members[0].id.split('_')[0];
  const delta = kind === 'delta';
  const error = kind === 'error';
  const span = members[0].span ?? spanOf(members);
  const inverted = delta && run.math_version === 'toolkit-1.2';
  const rank = kind === 'coverage' ? details.verdict?.ride.rank : null;
  const all = members.map(grid => ({ ...grid, inverted, rank, rows: error ? grid.rows.map(row => row.map(turned)) : grid.rows }));
  const sides = all.filter(grid => grid.cylinder);
  const words = delta || error ? ['rich: take fuel out', 'lean: add fuel'] : members[0].signed ? ['less', 'more'] : ['few', 'up to'];
  const copying = delta ? copyForm(page.shop, page.id, Boolean(details.args?.base_front_sha256) && (details.args.per_cylinder || details.verdict?.mean.offered)) : null;
  return [el('h3', {}, TITLES[kind] ?? name),
    legend(sides[0] ?? all[0], span, ...words, delta ? '◆ framed: cut by the clamp. Full colour: firm. Muted: the rows spread widely. Edge only: fewer than 10 samples.'
      : rank ? 'Dashed, with a number: ride next.' : error ? 'The file has the opposite sign.' : ''),
    el('div', { class: 'grids' }, sides.map(grid => drawn(page, grid, axes, span, copying))),
    copying ? copying.form : '',
    ...(delta ? mean(page, all.find(grid => !grid.cylinder), axes, span, copying) : [])];
}

/** Shows the mean of both cylinders last, and offers it only if they agree. */
function mean(page, grid, axes, span, copying) {
  const advice = page.details.verdict?.mean;
  if (!grid || !advice) return [];
  const shown = advice.offered ? drawn(page, grid, axes, span, copying)
    : el('details', {}, el('summary', {}, 'Show it all the same'), drawn(page, { ...grid, paste: '' }, axes, span, null));
  return [el('h4', {}, 'The mean of both'), el('p', { id: 'mean' }, advice.reason), shown];
}

/** Loads and shows the grids of a run: front and rear side by side, corrections first. */
export async function grids(page) {
  const answer = await getJson(`${apiRun(page.shop, page.id)}/grids`);
  const groups = new Map();
  for (const grid of answer.grids) groups.set(grid.title, [...(groups.get(grid.title) ?? []), grid]);
  byId('grids').replaceChildren(byId('grids-title'),
    ...[...groups].flatMap(([name, members]) => group(page, name, members, answer.axes)));
}
