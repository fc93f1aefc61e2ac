import { PluginHeader } from '@backstage/ui';
import { ManualPublishIcon } from '../components/ManualPublishIcon';
import { useT } from '../components/useWords';
import { ManualPublishContent } from './ManualPublishContent';

/**
 * The pages with a header and providers of their own: for hosts on the old frontend system, and for those that mount components. They
 * need the API of this package and a route that leaves open what follows (`/manual-publish/*`).
 *
 * @public
 */
export function ManualPublishPage() {
  const t = useT();
  return (
    <>
      <PluginHeader title={t('title')} icon={<ManualPublishIcon />} />
      <ManualPublishContent />
    </>
  );
}
