import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aNotification, InMemoryNotifications } from '../../testing';
import { renderPage, row } from '../__testUtils__/renderPage';

it('is not for those who may not send', async () => {
  renderPage(new InMemoryNotifications([aNotification(1)]), '/?tab=send');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'You may not send messages',
  );
  expect(screen.queryByRole('form')).toBeNull();
  await userEvent.click(
    screen.getByRole('button', { name: 'Back to the messages' }),
  );
  await row('Message 1');
});
