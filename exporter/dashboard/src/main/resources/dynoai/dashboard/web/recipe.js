import { apiRecipe, byId, count, el, facts, follow, getJson, idsOfPage, plural, say, state, table, time } from './shared.js';

const REFRESH_MILLIS = 2000;
const [recipe, run] = idsOfPage();
const shop = new URLSearchParams(location.search).get('shop') ?? '';
const address = apiRecipe(recipe, run);
const query = shop ? `?${new URLSearchParams({ shop })}` : '';
let chosen = '';

async function showLog(step) {
  chosen = step;
  try {
    const log = await getJson(`${address}/logs/${encodeURIComponent(step)}${query}`);
    say(byId('log-state'), `Step ${step}, ${count(log.bytes)} bytes${log.cut ? ', the end' : ''}`);
    say(byId('log'), log.text);
  } catch (failed) {
    say(byId('log-state'), `The log could not be loaded: ${failed.message}`);
    say(byId('log'), '');
  }
}

function row(step) {
  const button = el('button', { type: 'button' }, `Log of ${step.step}`);
  button.addEventListener('click', () => showLog(step.step));
  return [step.step, state(step), time(step.changed_ms), count(step.log_bytes), button];
}

function show(details) {
  document.title = `${recipe} ${run} - DynoAI`;
  say(byId('title'), `${recipe}, run ${run}`);
  byId('state').replaceChildren(state(details));
  byId('facts').replaceChildren(facts([
    ['Shop', details.shop ?? 'started by hand'], ['Started', time(details.started_ms)], ['Ended', time(details.ended_ms)],
    ['Retries', details.retries ? count(details.retries) : ''], ['Message', details.message],
    ['Steps', plural(details.steps_total, 'step') + (details.steps.length < details.steps_total ? `, ${details.steps.length} shown` : '')]]));
  const focused = document.activeElement?.textContent;
  byId('steps').replaceChildren(table('Steps in order of their last change', ['Step', 'State', 'Changed', 'Log bytes#', 'Log'], details.steps.map(row)));
  if (focused?.startsWith('Log of ')) [...byId('steps').querySelectorAll('button')].find(button => button.textContent === focused)?.focus();
}

async function load() {
  let over = false;
  try {
    const details = await getJson(address + query);
    show(details);
    over = details.ended_ms !== null;
    if (!chosen && details.steps.length) await showLog(details.steps.find(step => step.state === 'failed')?.step ?? details.steps.at(-1).step);
    else if (chosen) await showLog(chosen);
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    say(byId('state'), `The run could not be loaded: ${failed.message}`);
  }
  if (!over) setTimeout(load, REFRESH_MILLIS);
}

load();
follow(() => {});
