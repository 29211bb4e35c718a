import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';

/** The version whose protocol is spoken here: `caughtUp` came with it. */
const protocolVersion = '23.10.0';

const streams = 'event_store.client.streams.Streams';
const supported: readonly (readonly [service: string, method: string])[] = [
  [streams, 'append'],
  [streams, 'batchappend'],
  [streams, 'read'],
  ['event_store.client.gossip.Gossip', 'read'],
  ['event_store.client.server_features.ServerFeatures', 'getsupportedmethods'],
];

/** What clients may rely on. Deletes, persistent subscriptions, projections and users are not in it. */
export function supportedMethods() {
  const message = new features.SupportedMethods();
  message.setEventStoreServerVersion(protocolVersion);
  message.setMethodsList(
    supported.map(([service, name]) => {
      const method = new features.SupportedMethod();
      method.setServiceName(service.toLowerCase());
      method.setMethodName(name);
      return method;
    }),
  );
  return message;
}

/** A cluster of one, which leads. */
export function clusterInfo(instanceId: string, host: string, port: number) {
  const id = new shared.UUID();
  id.setString(instanceId);
  const endPoint = new gossip.EndPoint();
  endPoint.setAddress(host);
  endPoint.setPort(port);
  const member = new gossip.MemberInfo();
  member.setInstanceId(id);
  member.setTimeStamp(`${Date.now()}0000`);
  member.setState(gossip.MemberInfo.VNodeState.LEADER);
  member.setIsAlive(true);
  member.setHttpEndPoint(endPoint);
  const message = new gossip.ClusterInfo();
  message.setMembersList([member]);
  return message;
}
