/** Was gesagt wird, wo Veröffentlichungen aufgelistet sind, und auf Karten. */
export const germanJobs = {
  'jobs.label': 'Veröffentlichungen',
  'jobs.loading': 'Die Veröffentlichungen werden geladen',
  'jobs.status': 'Stand',
  'jobs.anyStatus': 'Alle',
  'jobs.statusGroup.running': 'Im Gange',
  'jobs.statusGroup.completed': 'Fertig',
  'jobs.statusGroup.failed': 'Fehlgeschlagen',
  'jobs.statusGroup.cancelled': 'Abgebrochen',
  'jobs.solution': 'Lösung',
  'jobs.anySolution': 'Alle',
  'jobs.mine': 'Nur meine',
  'jobs.clear': 'Filter aufheben',
  'jobs.more': 'Mehr zeigen',
  'jobs.end': 'Das sind alle.',
  'jobs.moreFailed': 'Die nächsten konnten nicht geladen werden.',
  'jobs.stale':
    'Die Liste konnte nicht auf den neuesten Stand gebracht werden; sie ist von {{time}}.',
  'jobs.emptyTitle': 'Noch nichts veröffentlicht',
  'jobs.emptyText':
    'Veröffentlichungen erscheinen hier, sobald jemand eine beginnt.',
  'jobs.toManuals': 'Zu den Handbüchern',
  'jobs.noMatchTitle': 'Nichts passt',
  'jobs.noMatchText': 'Keine Veröffentlichung passt zu den Filtern.',
  'jobs.dryRun': 'Probelauf',
  'jobs.unchanged': 'Nichts hatte sich geändert',
  'jobs.warnings_one': '{{count, number}} Warnung',
  'jobs.warnings_other': '{{count, number}} Warnungen',
  'jobs.took': 'dauerte {{duration}}',
  'jobs.since': 'seit {{duration}}',
  'jobs.progress': 'Fortschritt von „{{title}}“',
  'card.recentTitle': 'Veröffentlichungen von Handbüchern',
  'card.recentNone': 'Noch wurde nichts veröffentlicht.',
  'card.all': 'Alle Veröffentlichungen',
  'card.entityTitle': 'Handbuch',
  'card.entityUpToDate_one':
    'Seine {{count, number}} Seite ist so veröffentlicht, wie sie in Notion steht.',
  'card.entityUpToDate_other':
    'Alle {{count, number}} Seiten sind so veröffentlicht, wie sie in Notion stehen.',
  'card.entityChanged_one':
    '{{count, number}} Seite hat sich seit der Veröffentlichung geändert.',
  'card.entityChanged_other':
    '{{count, number}} Seiten haben sich seit der Veröffentlichung geändert.',
  'card.entityNever_one':
    '{{count, number}} Seite wurde noch nie veröffentlicht.',
  'card.entityNever_other':
    '{{count, number}} Seiten wurden noch nie veröffentlicht.',
  'card.lastJob': 'Letzte Veröffentlichung',
  'card.noJob': 'Es wurde noch nie veröffentlicht.',
  'card.open': 'Handbuch öffnen',
  'card.publish': 'Veröffentlichen',
  'card.missingTitle': 'Kein Handbuch genannt',
  'card.missingText':
    'Geben Sie der Entität die Annotation {{annotation}} mit dem Namen einer Lösung.',
  'card.unknown':
    'Die Annotation nennt „{{solution}}“, das keine Lösung dieses Portals ist.',
} as const;
