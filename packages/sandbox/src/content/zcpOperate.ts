import * as b from '../notion/blocks';
import { page } from '../notion/drafts';
import { notionId } from '../notion/ids';
import { bold, inlineCode, italic, link, mention } from '../notion/richText';
import { copiedLink, pathTo } from './notionUrls';

const workedExample = page('Worked example')
  .as('zcp/scale-down-example')
  .with(
    b.paragraph(
      'A pool of six nodes serves a shop. At night three of them are enough. This page follows the platform through one night.',
    ),
    b.heading2('22:00'),
    b.paragraph(
      'Load falls below ',
      inlineCode('utilisationThreshold'),
      '. Nothing happens yet: ',
      inlineCode('scaleDownDelay'),
      ' is ten minutes.',
    ),
    b.heading2('22:10'),
    b.paragraph('Node 6 is drained. Its pods move within ninety seconds.'),
    b.code(
      'NAME     STATUS                     ROLES   AGE\nnode-5   Ready                      worker  12d\nnode-6   Ready,SchedulingDisabled   worker  12d',
      'plain text',
    ),
    b.heading2('22:40'),
    b.paragraph(
      'Nodes 5 and 4 follow, one at a time. The bill falls by 3 × €0.19 an hour.',
    ),
    b.callout(
      'A pod without a controller keeps its node: look for it first when a pool does not shrink.',
      { color: 'yellow_background', emoji: '⚠️' },
    ),
  );

const scaleDown = page('Scale-down rules')
  .as('zcp/scale-down')
  .with(
    b.paragraph(
      'A node is removed when all of these hold for the whole of the delay.',
    ),
    b.numbered('Its requests are below the threshold.'),
    b.numbered('All of its pods fit elsewhere.'),
    b.numbered('No pod on it forbids eviction.'),
    b.heading2('Settings').as('zcp/scale-down-settings'),
    b.table([
      ['Setting', 'Default', 'Meaning'],
      [inlineCode('utilisationThreshold'), '0.5', 'Requested / allocatable'],
      [inlineCode('scaleDownDelay'), '10m', 'How long it has to stay below'],
      [inlineCode('maxUnneeded'), '3', 'Nodes removed in one round'],
    ]),
    b.heading2('Keeping a pod where it is'),
    b.code(
      'metadata:\n  annotations:\n    zcp.example.com/safe-to-evict: "false"',
      'yaml',
      'The annotation of a pod that must not move',
    ),
    b.quote('Prefer a disruption budget: it lets the platform wait.'),
    workedExample,
  );

const autoscaling = page('Autoscaling')
  .as('zcp/autoscaling')
  .with(
    b.paragraph(
      'The autoscaler adds nodes when pods cannot be placed, and removes those that are not needed. Both happen within ',
      inlineCode('minSize'),
      ' and ',
      inlineCode('maxSize'),
      '.',
    ),
    b.code(
      'zcpctl pool update shop \\\n  --min 3 --max 12 \\\n  --threshold 0.5',
      'shell',
    ),
    b.heading2('What it looks at').as('zcp/autoscaling-inputs'),
    b.bulleted(
      bold('Requests'),
      ', never usage: a pod that asks for nothing weighs nothing.',
    ),
    b.bulleted('Taints, affinity and topology, as the scheduler does.'),
    b.bulleted('Prices, when several pools fit.'),
    b.heading2('What it does not'),
    b
      .toggle('Why does it ignore memory pressure?')
      .with(
        b.paragraph(
          'Pressure is a matter of limits. A node under pressure evicts; a new node would come too late.',
        ),
      ),
    scaleDown,
  );

const nodePools = page('Node pools')
  .as('zcp/node-pools')
  .with(
    b.paragraph(
      'Nodes of one size, image and price form a pool. A cluster has between one and twenty of them.',
    ),
    b.heading2('Sizes'),
    b.table(
      [
        ['Size', 'vCPU', 'Memory', 'For'],
        ['s1', '2', '4 GiB', 'tests'],
        ['m2', '4', '16 GiB', 'services'],
        ['l4', '16', '64 GiB', 'databases'],
        ['g1', '8 + 1 GPU', '64 GiB', 'inference'],
      ],
      { columnHeader: true, rowHeader: true },
    ),
    b.heading2('Creating one'),
    b.code(
      'resource "zcp_pool" "shop" {\n  cluster = zcp_cluster.main.id\n  size    = "m2"\n  count   = 3\n}',
      'hcl',
    ),
    b.callout('A pool cannot change its size. Create another, then drain.', {
      color: 'blue_background',
      emoji: 'ℹ️',
    }),
    autoscaling,
  );

const upgrades = page('Upgrades')
  .as('zcp/upgrades')
  .with(
    b.paragraph(
      'A minor version is supported for fourteen months. The console warns sixty days before the end.',
    ),
    b.heading2('Before'),
    b.toDo('Read the notes of the version'),
    b.toDo(['Run ', inlineCode('zcpctl upgrade check')]),
    b.toDo('Take a backup', true),
    b.heading2('During'),
    b.numbered('The control plane is replaced; the API stays reachable.'),
    b
      .numbered('Pools follow in the order of their names.')
      .with(
        b.bulleted('One node more than usual is paid for meanwhile.'),
        b.bulleted('Disruption budgets are honoured for an hour.'),
      ),
    b.heading2('After'),
    b.paragraph('There is no way back. Restore the backup into a new cluster.'),
    b.heading3('Versions'),
    b.table([
      ['Version', 'From', 'Until'],
      ['1.34', mention.date('2026-02-01'), mention.date('2027-04-01')],
      ['1.35', mention.date('2026-06-01'), mention.date('2027-08-01')],
    ]),
  );

const clusters = page('Clusters')
  .as('zcp/clusters')
  .with(
    b.paragraph(
      'A cluster is a control plane that the platform runs, and pools that you pay for.',
    ),
    b.columns(
      [
        b.heading3('Standard'),
        b.bulleted('one zone'),
        b.bulleted('99.5 % a month'),
      ],
      [
        b.heading3('Regional'),
        b.bulleted('three zones'),
        b.bulleted('99.95 % a month'),
      ],
    ),
    b.paragraph(
      'Next: ',
      mention.page(notionId('zcp/node-pools'), 'Node pools'),
    ),
    nodePools,
    upgrades,
  );

const backups = page('Backups')
  .as('zcp/backups')
  .with(
    b.paragraph(
      'Volumes are copied every night, objects of the cluster every hour. Copies stay for thirty days in another region.',
    ),
    b.heading2('Restoring a namespace'),
    b
      .numbered('Find the copy.')
      .with(b.code('zcpctl backup list --namespace shop --since 7d', 'bash')),
    b
      .numbered('Restore it under another name.')
      .with(b.code('zcpctl backup restore b-2291 --as shop-restored', 'bash')),
    b.numbered('Compare, then switch the route.'),
    b.heading2('What is not in a backup'),
    b.bulleted('local disks of nodes'),
    b.bulleted('secrets that an operator writes'),
    b.bulleted(italic('anything'), ' younger than the last copy'),
    b.equation('t_{lost} \\le 24\\,h'),
  );

const troubleshooting = page('Troubleshooting')
  .as('zcp/operate-troubleshooting')
  .with(
    b.heading2('A pod stays pending'),
    b.paragraph('Ask the scheduler: ', inlineCode('kubectl describe pod'), '.'),
    b.table([
      ['It says', 'Do'],
      ['Insufficient cpu', 'Raise the maximum of the pool'],
      [
        'node(s) had taint {pool: gpu}',
        'Tolerate the taint, or choose another pool',
      ],
      ['unbound PersistentVolumeClaim', 'Look at the storage class'],
    ]),
    b.heading2('The API answers 429'),
    b.paragraph(
      'Each project has a budget, see ',
      link('Quotas', pathTo('zcp/quotas', 'zcp/quotas-api')),
      '. Clients of the last year wait by themselves.',
    ),
    b.heading2('A node is not ready'),
    b.paragraph(
      'It is replaced after ten minutes. To be quicker, see ',
      link(
        'scale-down settings',
        copiedLink(
          'Scale-down rules',
          'zcp/scale-down',
          'zcp/scale-down-settings',
        ),
      ),
      '.',
    ),
  );

/** A folder six levels deep, counted from the manual; all of its pages have text. */
export const zcpOperate = page('Operate')
  .as('zcp/operate')
  .withIcon('🛠️')
  .with(
    b.paragraph('Day two: clusters, their pools, copies of what they hold.'),
    clusters,
    backups,
    troubleshooting,
  );
