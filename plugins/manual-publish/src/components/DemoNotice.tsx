import { Alert } from '@backstage/ui';
import { useSidebar } from '../api/useSidebar';
import { useT } from './useWords';

/** Says that nothing here is real, where the backend says so. */
export function DemoNotice() {
  const t = useT();
  const { data: sidebar } = useSidebar();
  return sidebar?.demo ? (
    <Alert
      role="note"
      status="info"
      icon
      mb="4"
      title={t('demo.title')}
      description={t('demo.text')}
    />
  ) : null;
}
