import { byId, count, el, follow, getJson, plural, say, seconds, table, time } from './shared.js';

const SILENT_MILLIS = 15 * 60000;
const RELOAD_MILLIS = 10000;

const runsOf = shop => el('a', { href: `/?${new URLSearchParams({ shop: shop.shop })}` }, shop.shop);

function shopRow(shop) {
  return [runsOf(shop), count(shop.states.in_flight), count(shop.states.done), count(shop.states.failed), count(shop.states.rejected),
    shop.rejections.map(each => `${each.code} ${count(each.logs)}`).join(', '),
    count(shop.rows_last_2_min / 120), shop.p95_ms === null ? '' : `${seconds(shop.p95_ms)} of ${plural(shop.measured, 'run')}`, quota(shop)];
}

/** Formats a number of bytes. */
function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const unit = value < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** unit;
  return `${unit === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[unit]}`;
}

function quota(shop) {
  const used = `${bytes(shop.bytes_today)} of ${bytes(shop.bytes_per_day)}`;
  return shop.bytes_today > 0.9 * shop.bytes_per_day ? el('strong', {}, used) : used;
}

function agentRow(shop, agent) {
  const silent = Date.now() - agent.contact_ms > SILENT_MILLIS;
  return [shop, agent.agent, agent.version, silent ? el('strong', {}, `silent since ${time(agent.contact_ms)}`) : time(agent.contact_ms),
    count(agent.waiting), count(agent.in_flight), agent.last_error];
}

async function load() {
  try {
    const answer = await getJson('/api/v1/fleet');
    byId('shops').replaceChildren(table('Shops', ['Shop', 'In flight#', 'Done#', 'Failed#', 'Rejected#', 'Rejected in the last day', 'Rows/s#', 'To maps, p95 of the last day', 'Uploaded today'],
      answer.shops.map(shopRow)));
    byId('agents').replaceChildren(table('Agents', ['Shop', 'Agent', 'Version', 'Last contact', 'Waiting#', 'In flight#', 'Last error'],
      answer.shops.flatMap(shop => shop.agents.map(agent => agentRow(shop.shop, agent)))));
    say(byId('state'), `${plural(answer.total, 'shop')}${answer.total > answer.shops.length ? `, the first ${count(answer.shops.length)} are listed` : ''}`
      + (answer.agents_current ? '' : '; agents are shown once Kafka was read'));
    document.body.dataset.loaded = 'true';
  } catch (failed) {
    say(byId('state'), `The shops could not be loaded: ${failed.message}`);
  }
}

load();
setInterval(load, RELOAD_MILLIS);
follow(() => {});
