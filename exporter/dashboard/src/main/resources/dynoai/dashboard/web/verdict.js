import { byId, count, el, explain, figure, plural, signed } from './shared.js';

const CELLS = 55;

/** Shows the largest correction of a cylinder before the clamp. */
function correction(name, own, run) {
  const largest = own.largest;
  if (!largest) return figure(name, '–', 'no cell has a correction');
  const place = `${explain(largest.pct, run.math_version)}, largest at ${largest.rpm} rpm, ${largest.kpa} kPa`.replace(/^, /, '');
  const cut = !largest.cut ? ''
    : largest.recorded ? `. The clamp cuts it to ${signed(largest.written_pct)} %`
      : '. At the clamp; the value before it is not recorded';
  const clamped = own.clamped ? `. ${plural(own.clamped, 'cell')} cut by the clamp of ${run.clamp_pct} %` : '';
  const weak = own.weak ? `. ${plural(own.weak, 'cell')} of ${own.covered} with fewer than 10 samples` : '';
  const kind = own.clamped ? 'bad' : Math.abs(largest.pct) < 1 ? 'good' : '';
  return figure(largest.cut && largest.recorded ? `${name}, uncut` : name, `${signed(largest.pct)} %`, `${place}${cut}${clamped}${weak}.`, kind);
}

/** Shows knock that was found, and apart from it the standing rule of the rear cylinder. */
function spark(advice) {
  const worst = advice.knock[0];
  const rule = advice.rule_words ? el('span', { class: 'rule' }, ` Apart from it, ${advice.rule_words}.`) : '';
  return worst
    ? figure('Knock', `${worst.degrees.toFixed(2)}°`, [el('strong', { class: 'found' }, `${advice.knock_words}.`), rule], 'bad')
    : figure('Knock', advice.measured ? 'none found' : 'not measured', [advice.measured ? '' : 'The log has no column for it.', rule], advice.measured ? 'good' : '');
}

/** Shows how many cells and rows each cylinder has. */
function coverage({ front, rear }, run, gates) {
  const cells = front.covered === rear.covered ? `${front.covered} of ${CELLS}` : `${front.covered} / ${rear.covered} of ${CELLS}`;
  const [ofFront, ofRear] = [gates.front.accepted_wb, gates.rear.accepted_wb].map(count);
  const rows = ofFront === ofRear ? `${ofFront} of ${count(run.rows)} rows accepted on each cylinder`
    : `front ${ofFront} and rear ${ofRear} of ${count(run.rows)} rows accepted`;
  return figure('Coverage', cells, rows, front.covered === CELLS && rear.covered === CELLS ? 'good' : '');
}

/** Shows the first band to ride next, with a link to the others. */
function firstRide({ bands, otherwise }) {
  if (!bands.length) return figure('Ride next', '–', otherwise);
  const [first] = bands;
  return figure('Ride next', `${first.kpa} kPa`, [`${first.words.replace(/^[^,]*, /, '')}. `,
    el('a', { href: '#next-title' }, bands.length > 1 ? `${plural(bands.length - 1, 'more band')}` : 'What it settles')]);
}

/** Shows the answers of a run, or why it failed. */
export function verdict(run, details) {
  const answers = details?.verdict;
  if (!answers) {
    byId('verdict').replaceChildren(...(run.code || run.hint ? [figure(run.code || 'failed', 'no grids', run.hint, 'bad')] : []));
    return;
  }
  byId('verdict').replaceChildren(
    correction('Front', answers.front, run),
    correction('Rear', answers.rear, run),
    spark(answers.spark),
    answers.thin
      ? figure('Trust', 'thin data', `${answers.thin.replace('thin data: ', '')}.`, 'bad')
      : coverage(answers, run, details.gates),
    figure('Anomalies', count(run.anomalies), run.anomalies
      ? el('a', { href: '#findings-title' }, 'see the diagnostics') : 'nothing unusual', run.anomalies ? 'bad' : 'good'),
    firstRide(answers.ride));
}

/** Shows the bands to ride next; they have the same numbers in the coverage map. */
export function rideNext(plan) {
  return plan.bands.length
    ? el('ol', { class: 'ride' }, plan.bands.map(band => el('li', {}, el('strong', {}, band.words), ' ', el('span', { class: 'quiet' }, band.settles))))
    : el('p', {}, plan.otherwise);
}
