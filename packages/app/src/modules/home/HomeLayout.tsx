import { PageLayout } from '@backstage/frontend-plugin-api';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Container } from '@backstage/ui';
import { RiHome5Line } from '@remixicon/react';
import styles from './HomeLayout.module.css';

/** The cards beside each other as far as there is room, in the order of the plugins. */
export function HomeLayout({ widgets }: HomePageLayoutProps) {
  return (
    <PageLayout title="Home" icon={<RiHome5Line />} titleLink="/">
      <Container className={styles.cards}>
        {widgets.map(({ node, component }) => (
          <div key={node.spec.id} className={styles.card}>
            {component}
          </div>
        ))}
      </Container>
    </PageLayout>
  );
}
