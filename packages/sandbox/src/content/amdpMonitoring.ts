import * as b from '../notion/blocks';
import { page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import {
  bold,
  inlineCode,
  inlineEquation,
  italic,
  link,
  mention,
} from '../notion/richText';
import { copiedLink } from './notionUrls';

const metrics = page('Metrics')
  .as('amdp/metrics')
  .with(
    b.paragraph('What every service reports without being asked.'),
    b.table([
      ['Metric', 'Unit', 'Labels'],
      [
        inlineCode('http_requests_total'),
        '1',
        inlineCode('{method, route, status}'),
      ],
      [inlineCode('http_request_seconds'), 's', inlineCode('{route, le}')],
      [inlineCode('queue_depth'), '1', inlineCode('{queue}')],
      [inlineCode('process_resident_bytes'), 'B', ''],
    ]),
    b.heading2('Your own'),
    b.code(
      'const orders = meter.createCounter("orders_total", {\n  description: "Orders taken",\n});\norders.add(1, { channel: "web" });',
      'typescript',
    ),
    b.callout(
      [
        bold('No ids in labels.'),
        ' Each value is a series of its own, and is paid for.',
      ],
      { color: 'red_background', emoji: '💸' },
    ),
    b.heading2('Questions to ask'),
    b.code(
      'histogram_quantile(0.99, sum by (le) (rate(http_request_seconds_bucket[5m])))',
      'plain text',
      'The time that one call in a hundred exceeds',
    ),
    b.paragraph(
      'Availability is ',
      inlineEquation('1 - \\frac{errors}{calls}'),
      ' over 28 days.',
    ),
  );

const alerts = page('Alerts')
  .as('amdp/alerts')
  .with(
    b.paragraph(
      'An alert wakes somebody. It says what users feel, and what to do.',
    ),
    b.heading2('Severity'),
    b.table(
      [
        ['', 'Who', 'Within'],
        ['page', 'on call', '5 min'],
        ['ticket', 'team', '1 day'],
        ['note', 'nobody', '—'],
      ],
      { columnHeader: true, rowHeader: true },
    ),
    b.heading2('A rule'),
    b.code(
      'alert: BudgetBurnsFast\nexpr: burn_rate{slo="checkout"} > 14.4\nfor: 2m\nlabels:\n  severity: page\nannotations:\n  summary: "{{ $labels.service }} burns its budget"',
      'yaml',
    ),
    b.heading2('Silence'),
    b.numbered('Name a reason and an end.'),
    b.numbered('Never silence by severity.'),
    b.paragraph(
      'More: ',
      link('Metrics', copiedLink('Metrics', 'amdp/metrics')),
    ),
  );

const german = page('Erste Schritte: Überwachung größerer Anwendungen')
  .as('amdp/de')
  .withIcon('🇩🇪')
  .with(
    b.paragraph(
      'Diese Seite führt in „Messwerte“, »Meldungen« und ',
      bold('Übersichten'),
      ' ein – ohne Vorkenntnisse.',
    ),
    b.heading2('Voraussetzungen'),
    b.bulleted('Zugang zur Konsole (Rolle ', inlineCode('amdp:leser'), ')'),
    b.bulleted('Node.js ≥ 22 bzw. Java ≥ 21'),
    b.heading2('Straße der Messwerte: vom Dienst zur Anzeige'),
    b.numbered('Der Dienst zählt, z. B. Bestellungen.'),
    b.numbered('Der Sammler holt die Zahlen alle 15 s ab.'),
    b.numbered('Die Anzeige rechnet sie in Größen um, die man versteht.'),
    b.table([
      ['Größe', 'Schwelle', 'Maßnahme'],
      ['Fehlerquote', '> 0,1 %', 'Meldung an die Rufbereitschaft'],
      ['Antwortzeit (P99)', '> 1,5 s', 'Rückfallebene prüfen'],
    ]),
    b.callout(
      'Die Donaudampfschifffahrtsgesellschaftskapitänsmütze passt in keine schmale Spalte.',
      {
        color: 'green_background',
        emoji: '🎩',
      },
    ),
    b.paragraph(
      italic('Weiter: '),
      mention.page(notionId('amdp/alerts'), 'Alerts'),
    ),
  );

const french = page('Guide de démarrage : l’essentiel')
  .as('amdp/fr')
  .withIcon('🇫🇷')
  .with(
    b.paragraph(
      'Bienvenue ! Cette page explique « l’essentiel » : les mesures, les alertes et l’œuvre des équipes d’astreinte.',
    ),
    b.heading2('Qu’est-ce qu’une alerte ?'),
    b.paragraph(
      'Une alerte dit ce que ressent l’utilisateur ; elle n’est pas un journal. ',
      bold('Attention :'),
      ' 100 % des alertes doivent être utiles.',
    ),
    b.toDo('Créer un compte', true),
    b.toDo('Lire la page « Metrics »'),
    b
      .toggle('Et après ?')
      .with(
        b.paragraph(
          'Ouvrez le tableau de bord n° 1, puis dites « ça marche ».',
        ),
      ),
    b.quote('Mieux vaut prévenir que guérir.'),
    b.code('echo "déjà vu : l\'été à l\'hôtel"', 'bash'),
  );

const troubleshooting = page('Troubleshooting')
  .as('amdp/troubleshooting')
  .with(
    b.heading2('No data'),
    b
      .numbered('Is the target listed?')
      .with(b.code('amdpctl targets --service shop', 'bash')),
    b
      .numbered('Does it answer?')
      .with(b.code('curl -s localhost:9464/metrics | head', 'bash')),
    b.numbered(
      'Is its clock right? More than five minutes off, and values are dropped.',
    ),
    b.heading2('Gaps'),
    b.paragraph(
      'A gap of exactly one scrape is a restart. Longer ones show in the log of the collector.',
    ),
    b.heading2('Too many series'),
    b.paragraph(
      'Find the label: ',
      inlineCode('topk(10, count by (__name__)({__name__=~".+"}))'),
    ),
  );

export const amdpMonitoring = page('Monitoring')
  .as('amdp/monitoring')
  .withIcon('📈')
  .with(
    b.paragraph(
      'Whether what was modernized works, and who is told when it does not.',
    ),
    metrics,
    alerts,
    german,
    french,
    troubleshooting,
  );
