import * as b from '../notion/blocks';
import { BlockDraft, page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import { bold, mention, text } from '../notion/richText';
import { amdpMonitoring } from './amdpMonitoring';

const depth = (level: number): BlockDraft =>
  level === 0
    ? b.bulleted('the innermost')
    : b.bulleted(`level ${level}`).with(depth(level - 1));

export const amdp = page('Application Modernization manual')
  .as('amdp')
  .withIcon('🧭')
  .with(
    b.paragraph('From a monolith to services.'),
    page('Assess')
      .as('amdp/assess')
      .with(
        b.paragraph('This page has text and pages below it.'),
        page('Inventory')
          .as('amdp/inventory')
          .with(
            b.paragraph('List what runs.'),
            page('Interviews').as('amdp/interviews').with(b.paragraph('Ask.')),
          ),
        page('Score').as('amdp/score').with(b.equation('s = \\frac{v}{c}')),
      ),
    amdpMonitoring,
    page('👩🏽‍💻 Emoji 🇰🇷 title 👨‍👩‍👧‍👦')
      .as('amdp/emoji')
      .with(b.paragraph('Family: 👨‍👩‍👧‍👦, flag: 🏴󠁧󠁢󠁳󠁣󠁴󠁿, keycap: 1️⃣.')),
    page('Caf\u00e9 and Cafe\u0301')
      .as('amdp/combining')
      .with(
        b.paragraph(
          'Composed \u00e9 and combined e\u0301; Z\u0338\u0322a\u0337l\u0336g\u0334o\u0335.',
        ),
      ),
    page('עברית and English')
      .as('amdp/rtl')
      .with(b.paragraph('שלום ', bold('עולם'), ' (v1.0)')),
    page('   ').as('amdp/blank').with(b.paragraph('A title of blanks.')),
    page('Empty').as('amdp/empty'),
    page('CON')
      .as('amdp/device')
      .with(b.paragraph('A title that Windows keeps for itself.')),
    page('A very long title '.repeat(20).trim())
      .as('amdp/long')
      .with(b.paragraph('word '.repeat(900).trim())),
    page('Deep')
      .as('amdp/deep')
      .with(
        depth(8),
        b.paragraph(
          text('a link in bold', {
            bold: true,
            link: 'https://example.com/(a)_b',
          }),
          ' to ',
          mention.page(notionId('zcp/faq-2'), 'FAQ'),
        ),
        b
          .toggle('holds a page')
          .with(
            page('Page in a toggle')
              .as('amdp/in-toggle')
              .with(b.paragraph('Yes.')),
          ),
      ),
  );
