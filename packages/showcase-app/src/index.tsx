// No stylesheet of @backstage/ui: whoever is loaded into this portal brings what its pages need.
import '@backstage/cli/asset-types';
import ReactDOM from 'react-dom/client';
import { app } from './App';

const root = document.getElementById('root');
if (!root) {
  throw new Error('The page has no element "root"');
}
ReactDOM.createRoot(root).render(app.createRoot());
