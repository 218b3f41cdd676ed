package io.millrace.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class SqsFailuresTest {
  @Test
  void isDefinite_noConnectionCameToBe_isTrue() {
    for (Exception cause :
        List.of(
            new ConnectException("refused"),
            new ConnectTimeoutException("connect timed out"),
            new ConnectionRequestTimeoutException("no connection is free"),
            new NoRouteToHostException("no route"),
            new UnknownHostException("nosuch"))) {
      SdkClientException failure = SdkClientException.create("unable to execute", cause);
      assertThat(SqsFailures.isDefinite(failure)).as(cause.toString()).isTrue();
    }
  }

  @Test
  void isDefinite_mayHaveBeenSent_isFalse() {
    for (Exception cause :
        List.of(new SocketTimeoutException("read"), new NoHttpResponseException("closed"))) {
      assertThat(SqsFailures.isDefinite(SdkClientException.create("unable to execute", cause)))
          .as(cause.toString())
          .isFalse();
    }
    assertThat(SqsFailures.isDefinite(ApiCallTimeoutException.create(100))).isFalse();
  }
}
