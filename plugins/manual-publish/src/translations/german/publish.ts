/** Was im Dialog zum Veröffentlichen gesagt wird. */
export const germanPublish = {
  'publish.title': '„{{title}}“ veröffentlichen',
  'publish.scopeAll': 'Ganz {{solution}}: {{pages, number}} Seiten.',
  'publish.scopePage': 'Diese Seite von {{solution}}.',
  'publish.scopeBelow':
    'Diese Seite von {{solution}} und was darunter ist, zusammen {{pages, number}} Seiten.',
  'publish.languages': 'Sprachen',
  'publish.languagesHint':
    'Geschrieben sind die Handbücher auf {{language}}; das wird immer veröffentlicht.',
  'publish.allLanguages': 'Alle',
  'publish.usualLanguages': 'Die üblichen',
  'publish.advanced': 'Erweitert',
  'publish.force': 'Auch unveränderte Seiten veröffentlichen',
  'publish.forceHint':
    'Liest jede Seite neu aus Notion und schreibt jede Datei. Es dauert länger, kostet aber keine weitere Übersetzung.',
  'publish.updateSlugs': 'Adressen den heutigen Titeln anpassen',
  'publish.updateSlugsHint':
    'Eine Seite behält ihre Adresse, wenn sich ihr Titel ändert. Hiermit bekommt sie eine neue, und Links von anderswo auf die alte führen ins Leere.',
  'publish.cancel': 'Abbrechen',
  'publish.back': 'Zurück',
  'publish.estimate': 'Ansehen, was sich ändern würde',
  'publish.skip': 'Ungesehen veröffentlichen',
  'publish.submit': 'Veröffentlichen',
  'publish.estimating': 'Es wird ermittelt, was sich ändern würde',
  'publish.estimatingText': 'Noch wird nichts geschrieben.',
  'publish.queued':
    'Eine andere Veröffentlichung von {{solution}} ist im Gange. Diese wartet auf sie.',
  'publish.nothing':
    'Seit der letzten Veröffentlichung hat sich nichts geändert. Jetzt zu veröffentlichen ergäbe keinen Commit.',
  'publish.changes_one': '{{count, number}} Seite',
  'publish.changes_other': '{{count, number}} Seiten',
  'publish.change.added': 'Neu',
  'publish.change.changed': 'Geändert',
  'publish.change.moved': 'Verschoben',
  'publish.change.removed': 'Entfernt',
  'publish.changed': 'Was sich ändert',
  'publish.translation': 'Was übersetzt wird',
  'publish.language': 'Sprache',
  'publish.segments': 'Segmente',
  'publish.remembered': 'Bekannt',
  'publish.toTranslate': 'Zu übersetzen',
  'publish.rememberedHint':
    'Bekannte Segmente wurden schon einmal übersetzt und kosten nichts.',
  'publish.noTranslation': 'Es ist nichts zu übersetzen.',
  'publish.free': 'Das kostet nichts.',
  'publish.tokens': 'Tokens',
  'publish.tokensText': '{{input}} hinein, {{output}} heraus',
  'publish.money': 'Geschätzte Kosten',
  'publish.moneyUnknown': 'In der Konfiguration stehen keine Preise.',
  'publish.warnings_one':
    '{{count, number}} Warnung; sie steht auf der Seite des Probelaufs.',
  'publish.warnings_other':
    '{{count, number}} Warnungen; sie stehen auf der Seite des Probelaufs.',
  'publish.showDryRun': 'Probelauf zeigen',
  'publish.refused.title': 'Es wurde nicht begonnen',
  'publish.refused.noLanguage': 'Wählen Sie mindestens eine Sprache.',
  'publish.refused.languages':
    'Der Server nimmt diese Auswahl der Sprachen nicht an: {{detail}}',
  'publish.refused.page':
    'Diese Seite kann nicht veröffentlicht werden: {{detail}}',
  'publish.refused.denied':
    'Sie dürfen {{solution}} nicht veröffentlichen. Dazu braucht es die Berechtigung manual-publish.publish.',
  'publish.refused.unknown':
    'Notion kennt diese Seite nicht mehr, oder die Lösung wurde umbenannt. Lesen Sie die Liste neu.',
  'publish.refused.unconfigured':
    'Das Portal ist dafür nicht eingerichtet: {{detail}}',
  'publish.refused.signedOut':
    'Ihre Sitzung ist abgelaufen. Melden Sie sich neu an.',
  'publish.refused.offline':
    'Der Server war nicht zu erreichen. Versuchen Sie es noch einmal.',
  'publish.refused.other': 'Der Server hat abgelehnt: {{detail}}',
  'publish.failedEstimate': 'Was sich ändern würde, ließ sich nicht ermitteln',
} as const;
