/** The main job in a browser, with nothing in its way. */
import { describeJourney } from './support/journey';

describeJourney({ world: {}, mostInteractions: 20 });
