// What package.json has to say to those who install a package.
const RUNTIME = [
  'dependencies',
  'peerDependencies',
  'optionalDependencies',
  'bundledDependencies',
];
const ONLY_HERE = ['devDependencies', 'jest', 'private'];
const PLAIN_RANGE = /^[\d.<>=^~ |x*-]+$/;

/** What Backstage found the default export of an entry to be when it packed. */
const FEATURES = {
  'frontend-plugin': ['./alpha', '@backstage/FrontendPlugin'],
  'backend-plugin': ['.', '@backstage/BackendFeature'],
  'backend-plugin-module': ['.', '@backstage/BackendFeature'],
};

function* faultsOfRanges(manifest, published) {
  for (const field of RUNTIME) {
    for (const [name, range] of Object.entries(manifest[field] ?? {})) {
      if (!PLAIN_RANGE.test(range)) {
        yield `${field}: ${name} has the range ${range}, which npm cannot resolve`;
      }
      if (name.startsWith('@herald/')) {
        const other = published.find(each => each.name === name);
        if (!other) yield `${field}: ${name} is not published`;
        else if (range !== `^${other.version}`) {
          yield `${field}: ${name} is ${other.version}, not ${range}`;
        }
      }
    }
  }
}

function* faultsOfBackstage({ backstage = {} }, published) {
  const { role, pluginId, pluginPackages, features } = backstage;
  if (!backstage['supported-versions']) {
    yield 'backstage.supported-versions does not say what was tried';
  }
  if (pluginId) {
    const family = published
      .filter(each => each.manifest.backstage.pluginId === pluginId)
      .map(({ name }) => name)
      .sort();
    if (`${pluginPackages}` !== `${family}`) {
      yield `backstage.pluginPackages are not ${family.join(', ')}`;
    }
  } else if (role?.includes('plugin')) {
    yield 'backstage.pluginId is missing';
  }
  const [entry, feature] = FEATURES[role] ?? [];
  if (entry && features?.[entry] !== feature) {
    yield `the default export of ${entry} is no ${feature}`;
  }
}

function* faultsOfEntries({ exports: entries, backstage }) {
  if (backstage.role !== 'frontend-plugin') return;
  for (const entry of ['.', './alpha', './package.json']) {
    if (!entries?.[entry]) yield `exports has no ${entry}`;
  }
}

/** `published` are all packages, with the manifests of the tree. Answers what is wrong, in words. */
export function faultsOfManifest(manifest, published) {
  const faults = [
    ...faultsOfRanges(manifest, published),
    ...faultsOfBackstage(manifest, published),
    ...faultsOfEntries(manifest),
  ];
  for (const field of ONLY_HERE) {
    if (manifest[field]) faults.push(`${field} is for the repository only`);
  }
  for (const field of ['description', 'keywords', 'files', 'types']) {
    if (!manifest[field]?.length) faults.push(`${field} is missing`);
  }
  if (manifest.license !== 'Apache-2.0') faults.push('license is missing');
  if (manifest.publishConfig?.access !== 'public') {
    faults.push('publishConfig.access is not public');
  }
  if (manifest.version !== published[0].version) {
    faults.push(
      `the version ${manifest.version} is out of step with ${published[0].version}`,
    );
  }
  return faults;
}
