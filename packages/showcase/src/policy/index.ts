export { listedPermissionsModule as default } from './module';
