import { apiRun, byId, chart, el, getJson, plural } from './shared.js';

/** Shows the timeline of a run. */
export async function timeline(shop, id) {
  const answer = await getJson(`${apiRun(shop, id)}/timeline`);
  const c = answer.columns;
  const both = name => [
    { name: 'front', values: c[`front_${name}`] ?? [] },
    { name: 'rear', values: c[`rear_${name}`] ?? [], kind: 'rear' }];
  if (!answer.windows) {
    byId('timeline').replaceChildren(el('p', {}, 'The run has no timeline.'));
    return;
  }
  byId('timeline').replaceChildren(
    chart('Engine speed', 'rpm', [{ values: c.mean_rpm }], { fromZero: false }),
    chart('MAP', 'kPa', [{ values: c.mean_map_kpa }], { fromZero: false }),
    chart('AFR error', '%', both('mean_afr_err_pct')),
    chart('Knock retard', 'deg', both('peak_knock_deg')),
    chart('Intake air', '°F', both('peak_iat_f'), { fromZero: false }),
    chart('Hits', 'rows', both('accepted')),
    el('p', { class: 'axis' }, el('span', {}, `${(c.start_s?.[0] ?? 0).toFixed(0)} s`),
      el('span', {}, `${plural(answer.windows, 'window')} of the log's time`),
      el('span', {}, `${(c.end_s?.at(-1) ?? 0).toFixed(0)} s`)));
}
